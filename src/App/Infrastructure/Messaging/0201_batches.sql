-- Something that a person asked for of many things at once: one message for each, and here what became of it.
create table batches (
    id uuid primary key,
    owner uuid not null,
    name text not null,
    started timestamptz not null
);

create table batch_items (
    batch uuid not null references batches on delete cascade,
    item uuid not null,
    position int not null,
    outcome text check (outcome in ('done', 'refused')),
    said text,
    ended timestamptz,
    primary key (batch, item),
    check ((outcome is null) = (ended is null))
);
