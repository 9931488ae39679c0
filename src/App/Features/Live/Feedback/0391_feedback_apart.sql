-- Who was signed in counts as a person; a device may be one of many that somebody has. What was said before this is not known to be a person's.
alter table doc_feedback add column signed_in boolean generated always as (coalesce((data ->> 'signedIn')::boolean, false)) stored;

-- How often devices said something about a session, by where they came from: a keyed hash.
create table live_feedback_limits (
    key     bytea primary key,
    hits    int not null,
    ends_at timestamptz not null
);
create index live_feedback_limits_ends on live_feedback_limits (ends_at);
