-- The back office pages through an event's orders by time, of all states or of one; the counts of the filters are read from the second index alone.
create index checkout_orders_page on checkout_orders (event_id, placed_at desc, id desc);
create index checkout_orders_state on checkout_orders (event_id, status, placed_at desc, id desc);
drop index checkout_orders_event;
