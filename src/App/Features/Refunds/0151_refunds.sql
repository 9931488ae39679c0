-- Each refund as pages list it and as the provider's webhook finds it again. Written with the facts.
create table doc_refund (
    id uuid primary key,
    version int not null,
    data jsonb not null,
    order_id uuid generated always as ((data ->> 'orderId')::uuid) stored,
    event_id uuid generated always as ((data ->> 'eventId')::uuid) stored,
    status text generated always as (data ->> 'status') stored
);
create index doc_refund_order on doc_refund (order_id);
create index doc_refund_failed on doc_refund (event_id, id) where status = 'Failed';
