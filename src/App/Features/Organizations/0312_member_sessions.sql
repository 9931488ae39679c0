-- Sign-ins of staff, as their owner sees them: since when, last used, with what. They end half an hour after they were last used (at a door: not), and twelve hours after they began.
alter table organizations_sessions
    add column number uuid not null default gen_random_uuid() unique,
    add column browser text not null default 'A browser on a device',
    add column way text not null default 'password' check (way in ('password', 'passkey')),
    add column seen_at timestamptz;
update organizations_sessions set seen_at = greatest(started_at, ends_at - interval '12 hours'), ends_at = started_at + interval '12 hours';
alter table organizations_sessions alter column seen_at set not null, alter column number drop default, alter column browser drop default, alter column way drop default;
