-- When somebody last showed that it is them who sits there, by each way: some doors want it freshly done (StepUp.cs).
alter table organizations_sessions add column password_at timestamptz, add column passkey_at timestamptz;
update organizations_sessions set password_at = case way when 'password' then started_at end, passkey_at = case way when 'passkey' then started_at end;

-- What somebody had typed when their sign-in was over or had to be shown anew: encrypted, for a quarter of an hour, for them alone.
create table organizations_held_forms (
    number    uuid primary key,
    member_id uuid not null references organizations_members (id) on delete cascade,
    body      text not null,
    ends_at   timestamptz not null
);
create index organizations_held_forms_member on organizations_held_forms (member_id, ends_at);
create index organizations_held_forms_end on organizations_held_forms (ends_at);
