-- What was given back of an order: by tickets, since a free order has no money to give back.
alter table checkout_orders add column refunded_tickets int not null default 0 check (refunded_tickets between 0 and tickets);

-- The door looks for people of one event by the beginning of their whole name, of their last name or of their address.
create index doc_order_contact_name on doc_order_contact (((data ->> 'eventId')::uuid), lower(data ->> 'name') text_pattern_ops);
create index doc_order_contact_last_name on doc_order_contact (((data ->> 'eventId')::uuid), lower(substring(data ->> 'name' from '\S+\s*$')) text_pattern_ops);
create index doc_order_contact_event_email on doc_order_contact (((data ->> 'eventId')::uuid), lower(data ->> 'email') text_pattern_ops);
