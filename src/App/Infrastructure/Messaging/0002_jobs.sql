create table job_runs (
    id bigint generated always as identity primary key,
    name text not null,
    ended timestamptz not null,
    error text
);
create index job_runs_name on job_runs (name, ended desc);
