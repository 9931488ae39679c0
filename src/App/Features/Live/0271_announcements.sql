create table live_saved (
    event_id uuid not null,
    session_id uuid not null,
    person uuid not null,
    primary key (session_id, person)
);
create index live_saved_person on live_saved (person, event_id);

-- What was handed over to the outside: each person once for each announcement or reminder and way.
create table live_told (
    what uuid not null,
    person uuid not null,
    way text not null check (way in ('mail', 'push')),
    at timestamptz not null,
    primary key (what, person, way)
);

-- Attendees who want no announcements by mail.
create table live_unsubscribed (
    person uuid primary key,
    at timestamptz not null
);
create index live_told_person on live_told (person);
