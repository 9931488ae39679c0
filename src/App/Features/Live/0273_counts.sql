-- What was looked at and done, by the hour: numbers without anybody in them.
create table live_counts (
    event_id uuid not null,
    hour timestamptz not null,
    name text not null,
    subject text not null default '',
    count bigint not null,
    primary key (event_id, hour, name, subject)
);
