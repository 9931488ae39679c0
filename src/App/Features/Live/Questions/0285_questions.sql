-- What people asked in sessions: their words and names, deleted with the person. The log has only ids.
create table doc_question (
    id uuid primary key,
    version int not null,
    data jsonb not null,
    event_id uuid generated always as ((data ->> 'eventId')::uuid) stored,
    author uuid generated always as ((data ->> 'author')::uuid) stored
);
create index doc_question_author on doc_question (author);
create index doc_question_event on doc_question (event_id);
