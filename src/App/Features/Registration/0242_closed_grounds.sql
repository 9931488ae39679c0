-- Reasons that count no more, whatever is told of them again: access was taken away, or the person deleted themselves.
create table registration_closed_grounds (
    key text primary key,
    cause text not null check (cause in ('erased', 'taken-away')),
    closed_at timestamptz not null
);
