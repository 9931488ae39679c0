-- How people found a session. Who said it stands here so that they can change it; it is shown to nobody, and blanked when they delete themselves.
create table doc_feedback (
    id uuid primary key,
    version int not null,
    data jsonb not null,
    event_id uuid generated always as ((data ->> 'eventId')::uuid) stored,
    session_id uuid generated always as ((data ->> 'sessionId')::uuid) stored,
    person uuid generated always as ((data ->> 'person')::uuid) stored,
    stars int generated always as ((data ->> 'stars')::int) stored check (stars between 1 and 5),
    at bigint generated always as ((data ->> 'atMs')::bigint) stored
);
create index doc_feedback_session on doc_feedback (event_id, session_id, at);
create index doc_feedback_person on doc_feedback (person);
