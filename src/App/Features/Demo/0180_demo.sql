create table doc_demo_seed (
    id uuid primary key,
    version int not null,
    data jsonb not null
);
