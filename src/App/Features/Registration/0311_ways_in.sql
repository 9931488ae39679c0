-- How somebody signed in, for the list of their sign-ins.
alter table registration_sessions add column way text not null default 'link' check (way in ('link', 'code', 'passkey', 'approved'));

-- A link opened elsewhere may let in the browser that asked for it.
alter table registration_sign_ins add column approved_at timestamptz;

-- A passkey made at one conference opens the others that the same address has access to.
create index doc_attendee_address on doc_attendee (email);

-- What its mail is written in: the language of the page where it was asked for.
alter table registration_sign_ins add column language text not null default 'en';
