-- One row a stream: its version is the fence that every append checks.
create table streams (
    id uuid primary key,
    type text not null,
    version int not null check (version > 0)
) with (fillfactor = 85);

-- The log. (xid, seq) is commit order for readers that stop at pg_snapshot_xmin: a transaction that commits late is never skipped.
create table events (
    seq bigint generated always as identity,
    stream uuid not null,
    version int not null,
    type text not null,
    data jsonb not null,
    meta jsonb not null,
    at timestamptz not null,
    xid xid8 not null default pg_current_xact_id(),
    primary key (xid, seq),
    unique (stream, version)
);

create table snapshots (
    stream uuid primary key,
    type text not null,
    version int not null,
    data jsonb not null
);

-- Outbox, schedule and retries in one table. `due` doubles as the end of a claim; a dead letter is never due.
create table messages (
    id uuid primary key,
    lane smallint not null,
    type text not null,
    handler text,
    body jsonb not null,
    due timestamptz not null,
    attempts int not null default 0,
    key text,
    created timestamptz not null,
    dead text
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);
create index messages_due on messages (lane, due) where dead is null;
create unique index messages_key on messages (key) where key is not null;
create index messages_dead on messages (created) where dead is not null;

-- What came from outside and has had its effect: the same delivery again changes nothing.
create table inbox (
    key text primary key,
    at timestamptz not null
);

-- Where each asynchronous reader of the log stands.
create table projections (
    name text primary key,
    generation int not null default 1,
    xid xid8 not null default '0',
    seq bigint not null default 0,
    facts bigint not null default 0,
    failed text
);

create table secrets (
    name text primary key,
    value bytea not null check (octet_length(value) = 32)
);
