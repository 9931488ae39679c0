-- Which event of Tito's sells the tickets of a conference.
create table doc_tito_source (
    id uuid primary key,
    version int not null,
    data jsonb not null
);
