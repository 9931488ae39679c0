-- What a provider keeps of an interpreter's sound while it is sent. Gone when it ends.
create table doc_booth_line (
    id uuid primary key,
    version int not null,
    data jsonb not null,
    channel_id uuid generated always as ((data ->> 'channelId')::uuid) stored,
    person uuid generated always as ((data ->> 'person')::uuid) stored
);
create index doc_booth_line_channel on doc_booth_line (channel_id);
create index doc_booth_line_person on doc_booth_line (person);
