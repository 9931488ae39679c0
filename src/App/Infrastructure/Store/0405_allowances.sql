-- How often something was asked for, for all who count (Allowance): keyed hashes, each purpose with a key of its own. Instead of checkout_limits, registration_limits and live_feedback_limits, one like the other.
-- It begins empty: what was counted there ends within the hour, so at most one more window's worth is let through once. The three stay, unread, since processes of the version before count in them while they are replaced.
create table allowances (
    key     bytea primary key,
    hits    int not null,
    ends_at timestamptz not null
);
create index allowances_ends on allowances (ends_at);
