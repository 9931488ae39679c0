create table doc_event_card (
    id uuid primary key,
    version int not null,
    data jsonb not null,
    organization_id uuid generated always as ((data ->> 'organizationId')::uuid) stored,
    address text generated always as ((data ->> 'organizationSlug') || '/' || (data ->> 'slug')) stored,
    published boolean generated always as ((data ->> 'published')::boolean) stored
);
create unique index doc_event_card_address on doc_event_card (address);
create index doc_event_card_organization on doc_event_card (organization_id);
