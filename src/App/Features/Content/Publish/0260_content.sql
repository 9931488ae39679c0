-- Content packages as their files: the one that is live and the one before.
create table doc_content_package (
    id uuid primary key,
    version int not null,
    data jsonb not null
);

-- How the last look at the source went; one row.
create table doc_content_fetch (
    id uuid primary key,
    version int not null,
    data jsonb not null
);
