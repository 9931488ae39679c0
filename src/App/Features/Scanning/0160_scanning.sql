-- Every scan with its verdict, by the device's own id.
create table doc_scan (
    id uuid primary key,
    version int not null,
    data jsonb not null,
    event_id uuid generated always as ((data ->> 'eventId')::uuid) stored,
    ticket_id uuid generated always as ((data ->> 'ticketId')::uuid) stored
);
create index doc_scan_event on doc_scan (event_id, id desc);
create index doc_scan_ticket on doc_scan (ticket_id) where ticket_id is not null;

-- Who is in now; follows the log.
create table scanning_admissions (
    ticket_id uuid primary key,
    event_id uuid not null,
    gate text not null,
    at timestamptz not null
);
create index scanning_admissions_event on scanning_admissions (event_id, at desc);

-- Entries and take-backs by gate and minute; follows the log.
create table scanning_minutes (
    event_id uuid not null,
    gate text not null,
    minute timestamptz not null,
    entries int not null,
    undone int not null,
    primary key (event_id, gate, minute)
);
