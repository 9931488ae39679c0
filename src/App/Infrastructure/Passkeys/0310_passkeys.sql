-- Passkeys (WebAuthn): what a browser or a phone signs with instead of a password or a mail. Only public keys; the id is the authenticator's own name for it. Gone: taken away.
create table passkeys (
    id bytea primary key check (length(id) between 1 and 1023),
    -- Whose, by the feature that knows them: one feature's passkeys open nothing of another's.
    realm text not null,
    holder uuid not null,
    name text not null,
    public_key bytea not null,
    sign_count bigint not null check (sign_count >= 0),
    backup_eligible boolean not null,
    backed_up boolean not null,
    transports text[] not null,
    created_at timestamptz not null,
    used_at timestamptz
);
create index passkeys_holder on passkeys (holder);

-- Questions put to authenticators, each to be answered once, within minutes, by the browser that asked. The id is the challenge's SHA-256; browser and origin are hashes too.
create table passkey_challenges (
    id bytea primary key,
    purpose text not null,
    browser bytea not null,
    origin bytea not null,
    state text not null,
    ends_at timestamptz not null
);
create index passkey_challenges_origin on passkey_challenges (origin, ends_at);
create index passkey_challenges_ends on passkey_challenges (ends_at);
