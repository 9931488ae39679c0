create table doc_organization (
    id uuid primary key,
    version int not null,
    data jsonb not null,
    slug text generated always as (data ->> 'slug') stored unique
);
