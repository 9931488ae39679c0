-- Pictures that came with an import don't count as uploads. Portraits are people's: they are forgotten with them, and nothing remembers them for long.
alter table events_pictures add column brought boolean not null default false;
alter table events_pictures add column portrait boolean not null default false;
