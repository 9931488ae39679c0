-- attempts only ever grows: it is what a worker's claim is checked against, also when a message is scheduled anew while somebody works on it. What counts towards giving up stands apart.
alter table messages
    add column tries int not null default 0, -- since it was scheduled, or a person asked for it again
    add column excused int not null default 0, -- those of them that failed because somebody outside couldn't be reached
    add column failing_since timestamptz;
update messages set tries = attempts where attempts > 0;
