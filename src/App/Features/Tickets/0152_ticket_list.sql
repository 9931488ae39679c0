-- Every ticket as lists, doors and exports see it; follows the log.
create table tickets_list (
    ticket_id uuid primary key,
    order_id uuid not null,
    event_id uuid not null,
    ticket_type_id uuid not null,
    kind text not null,
    seat text,
    number int not null check (number > 0),
    of_total int not null,
    revision int not null,
    issued_at timestamptz not null,
    revoked_at timestamptz,
    revoked_because text
);
create index tickets_list_order on tickets_list (order_id);
-- Counts what may still come in without touching the table.
create index tickets_list_event on tickets_list (event_id, ticket_type_id) where revoked_at is null;
