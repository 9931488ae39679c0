-- Who was appointed to interpret, by address: whoever signs in with it may enter the booths.
create table doc_interpreter (
    id uuid primary key,
    version int not null,
    data jsonb not null,
    event_id uuid generated always as ((data ->> 'eventId')::uuid) stored,
    email text generated always as (data ->> 'email') stored
);
create unique index doc_interpreter_email on doc_interpreter (event_id, email);

-- How people in the booths are called. The log has only ids.
create table doc_booth_name (
    id uuid primary key,
    version int not null,
    data jsonb not null
);

-- What they wrote to each other.
create table doc_booth_message (
    id uuid primary key,
    version int not null,
    data jsonb not null,
    person uuid generated always as ((data ->> 'person')::uuid) stored
);
create index doc_booth_message_person on doc_booth_message (person);
