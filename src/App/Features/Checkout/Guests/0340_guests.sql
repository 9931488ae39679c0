-- Who comes with a ticket where that isn't its buyer: names and addresses, which can be erased. The log has only the ticket's id.
create table doc_ticket_guest (
    id uuid primary key,
    version int not null,
    data jsonb not null,
    order_id uuid generated always as ((data ->> 'orderId')::uuid) stored
);
create index doc_ticket_guest_order on doc_ticket_guest (order_id);

-- The door and the office look for people of one event by the beginning of their whole name, of their last name or of their address, as they do for buyers.
create index doc_ticket_guest_name on doc_ticket_guest (((data ->> 'eventId')::uuid), lower(data ->> 'name') text_pattern_ops);
create index doc_ticket_guest_last_name on doc_ticket_guest (((data ->> 'eventId')::uuid), lower(substring(data ->> 'name' from '\S+\s*$')) text_pattern_ops);
create index doc_ticket_guest_email on doc_ticket_guest (((data ->> 'eventId')::uuid), lower(data ->> 'email') text_pattern_ops);
