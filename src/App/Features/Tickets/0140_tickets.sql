-- Signing keys of an organization's tickets. Several while one is being rotated: the newest signs, all verify. The private part is encrypted by the application.
create table ticket_keys (
    key_id int primary key,
    organization_id uuid not null,
    private bytea not null,
    public bytea not null,
    created timestamptz not null
);
create index ticket_keys_organization on ticket_keys (organization_id, created desc);
