-- Conferences whose organizer asks how people travel. The answers are in the documents about the people.
create table doc_travel_question (
    id uuid primary key,
    version int not null,
    data jsonb not null
);
