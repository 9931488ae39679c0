-- Who wants to hear when a ticket of a kind that is gone comes back. The id follows from event, kind and address, so that nobody waits twice.
create table waitlist (
    id uuid primary key,
    event_id uuid not null,
    type_id uuid not null,
    email text not null,
    language text,
    at timestamptz not null,
    told_at timestamptz
);
create index waitlist_waiting on waitlist (event_id, type_id, at) where told_at is null;
create index waitlist_told on waitlist (told_at) where told_at is not null;
