create table doc_order_contact (
    id uuid primary key,
    version int not null,
    data jsonb not null
) with (fillfactor = 90);
create index doc_order_contact_email on doc_order_contact (lower(data ->> 'email') text_pattern_ops);

-- Orders as lists, searches and the reconciler see them; follows the log.
create table checkout_orders (
    id uuid primary key,
    event_id uuid not null,
    organization_id uuid not null,
    code text not null,
    status text not null check (status in ('placed', 'paid', 'too-late', 'refunded', 'part-refunded', 'abandoned')),
    tickets int not null,
    total bigint not null check (total >= 0),
    refunded bigint not null default 0 check (refunded between 0 and total),
    currency text not null,
    payment_id text,
    session_id text,
    account text,
    placed_at timestamptz not null,
    paid_at timestamptz
);
create index checkout_orders_event on checkout_orders (event_id, placed_at desc);
create index checkout_orders_code on checkout_orders (code);
create index checkout_orders_waiting on checkout_orders (placed_at) where status = 'placed';
