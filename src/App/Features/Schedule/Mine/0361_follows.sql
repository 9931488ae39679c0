-- Who follows which speaker: asked when a session is added.
create table doc_speaker_follow (
    id uuid primary key,
    version int not null,
    data jsonb not null,
    event_id uuid generated always as ((data ->> 'eventId')::uuid) stored,
    person uuid generated always as ((data ->> 'person')::uuid) stored
);
create index doc_speaker_follow_event on doc_speaker_follow (event_id);
create index doc_speaker_follow_person on doc_speaker_follow (person);
