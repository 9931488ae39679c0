-- Pictures that a source names, as they were last asked for: its address of one may name a person, so that is no fact.
create table doc_brought_picture (
    id uuid primary key,
    version int not null,
    data jsonb not null,
    conference_id uuid generated always as ((data ->> 'conferenceId')::uuid) stored
);
create index doc_brought_picture_conference on doc_brought_picture (conference_id);
