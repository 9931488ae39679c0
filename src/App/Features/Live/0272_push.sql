-- Browsers that asked to be rung, each at its push service, for one conference.
create table live_browsers (
    id uuid primary key,
    event_id uuid not null,
    person uuid not null,
    device uuid not null,
    endpoint text not null,
    p256dh bytea not null check (octet_length(p256dh) = 65),
    auth bytea not null check (octet_length(auth) = 16),
    created_at timestamptz not null
);
create unique index live_browsers_endpoint on live_browsers (event_id, endpoint);
create index live_browsers_person on live_browsers (person);
create index live_browsers_device on live_browsers (device);

-- Who wants to be reminded, so that a schedule that moves finds them.
create table live_reminded (
    event_id uuid not null,
    person uuid not null,
    primary key (event_id, person)
);
