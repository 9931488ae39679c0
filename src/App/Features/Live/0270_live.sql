-- Who reads at each process, as far as they are counted: only hashed numbers of one day, gone with the crash or the quarter of a minute that ends them. Not worth a write-ahead log.
create unlogged table live_presence (
    event_id uuid not null,
    replica uuid not null,
    people int not null,
    sketch bytea not null,
    seen_at timestamptz not null,
    primary key (event_id, replica)
);
