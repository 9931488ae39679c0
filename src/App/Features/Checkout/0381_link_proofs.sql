-- Mails that show whose an order is. A link in one is good once; of it only the id is kept, since the rest follows from it and a key.
create table checkout_link_proofs (
    id uuid primary key,
    order_id uuid not null,
    asked_at timestamptz not null,
    ends_at timestamptz not null,
    used_at timestamptz
);
create index checkout_link_proofs_asked on checkout_link_proofs (asked_at);

-- How often they were asked for. Keyed hashes of an order or a network.
create table checkout_limits (
    key bytea primary key,
    hits int not null,
    ends_at timestamptz not null
);
create index checkout_limits_ends on checkout_limits (ends_at);
