-- How long a run took; null: it ran before this was noted.
alter table job_runs add column seconds double precision check (seconds >= 0);
