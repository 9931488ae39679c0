-- Who speaks: names and words about people, which can be erased; the log has only their ids.
create table doc_speaker (
    id uuid primary key,
    version int not null,
    data jsonb not null,
    conference_id uuid generated always as ((data ->> 'conferenceId')::uuid) stored
);
create index doc_speaker_conference on doc_speaker (conference_id);

-- Where a conference's schedule comes from, for the job that fetches it.
create table doc_schedule_source (
    id uuid primary key,
    version int not null,
    data jsonb not null
);

-- What each import did, the newest of a conference first.
create table doc_schedule_import (
    id uuid primary key,
    version int not null,
    data jsonb not null,
    conference_id uuid generated always as ((data ->> 'conferenceId')::uuid) stored,
    began bigint generated always as ((data ->> 'beganMs')::bigint) stored
);
create index doc_schedule_import_conference on doc_schedule_import (conference_id, began desc);
