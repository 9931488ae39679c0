-- Artwork that promoters upload, cleaned. In the database, so that every replica has it; the id follows from the owner and the bytes, so that an address never changes its picture.
create table events_pictures (
    id text primary key check (id ~ '^[0-9a-f]{32}\.(jpg|png|webp|avif)$'),
    organization_id uuid not null,
    content_type text not null check (content_type like 'image/%'),
    width int not null check (width > 0),
    height int not null check (height > 0),
    bytes bytea not null check (length(bytes) between 1 and 5242880),
    added_at timestamptz not null
);
alter table events_pictures alter column bytes set storage external; -- compressed already
create index events_pictures_organization on events_pictures (organization_id, added_at);
