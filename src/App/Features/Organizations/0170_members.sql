-- People who sign in. One account a person, whatever number of organizations they work for.
create table organizations_members (
    id uuid primary key,
    email text not null,
    normalized_email text not null unique,
    name text not null,
    password_hash text not null,
    security_stamp text not null,
    must_change_password boolean not null,
    failures int not null default 0 check (failures >= 0),
    locked_until timestamptz,
    created_at timestamptz not null
);

create table organizations_roles (
    organization_id uuid not null,
    member_id uuid not null references organizations_members on delete cascade,
    role text not null check (role in ('owner', 'promoter', 'door')),
    primary key (organization_id, member_id)
);
create index organizations_roles_member on organizations_roles (member_id);

-- Sign-ins under way. The id is the SHA-256 of what the cookie carries, so that a copy of this table opens nothing. Gone: signed out.
create table organizations_sessions (
    id bytea primary key,
    member_id uuid not null references organizations_members on delete cascade,
    organization_id uuid not null,
    started_at timestamptz not null,
    ends_at timestamptz not null
);
create index organizations_sessions_member on organizations_sessions (member_id);
create index organizations_sessions_ends on organizations_sessions (ends_at);
