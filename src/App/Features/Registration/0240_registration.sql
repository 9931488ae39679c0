-- Who may come to a conference: the one place where an attendee's personal data stands. Deleted with the person; the log has only the id.
create table doc_attendee (
    id uuid primary key,
    version int not null,
    data jsonb not null,
    event_id uuid generated always as ((data ->> 'eventId')::uuid) stored,
    email text generated always as (data ->> 'email') stored
);
-- One attendee per event and address, whoever writes at the same time.
create unique index doc_attendee_email on doc_attendee (event_id, email);
create index doc_attendee_name on doc_attendee (event_id, lower(data ->> 'name') text_pattern_ops);
create index doc_attendee_grounds on doc_attendee using gin ((data -> 'grounds') jsonb_path_ops);

-- Sign-in links and codes under way. The token and the browser's secret stand here as SHA-256; the code follows from the id and a key.
create table registration_sign_ins (
    id uuid primary key,
    event_id uuid not null,
    email text not null,
    kind text not null check (kind in ('asked', 'welcome', 'invited')),
    token_hash bytea not null unique,
    browser_hash bytea,
    attendee_id uuid,
    return_url text,
    browser text not null,
    asked_at timestamptz not null,
    ends_at timestamptz not null,
    tries int not null default 0,
    used_at timestamptz
);
create index registration_sign_ins_email on registration_sign_ins (event_id, email);
create index registration_sign_ins_browser on registration_sign_ins (browser_hash);
create index registration_sign_ins_asked on registration_sign_ins (asked_at);

-- How often somebody may ask, by address and by origin: shared by all replicas. Keys are hashes.
create table registration_limits (
    key bytea primary key,
    hits int not null,
    ends_at timestamptz not null
);
create index registration_limits_ends on registration_limits (ends_at);

-- Sign-ins of attendees. The id is the SHA-256 of what the cookie carries. Gone: signed out.
create table registration_sessions (
    id bytea primary key,
    number uuid not null unique,
    event_id uuid not null,
    attendee_id uuid not null,
    browser text not null,
    started_at timestamptz not null,
    seen_at timestamptz not null,
    ends_at timestamptz not null
);
create index registration_sessions_attendee on registration_sessions (attendee_id);
create index registration_sessions_ends on registration_sessions (ends_at);
