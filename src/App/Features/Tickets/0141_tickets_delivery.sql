-- Orders whose tickets are to be mailed later. Gone once they are sent, so this is as long as what waits, not as what was sold.
create table doc_waiting_tickets (
    id uuid primary key,
    version int not null,
    data jsonb not null,
    event_id uuid generated always as ((data ->> 'eventId')::uuid) stored,
    due bigint generated always as ((data ->> 'due')::bigint) stored
);
create index doc_waiting_tickets_event on doc_waiting_tickets (event_id, id);
