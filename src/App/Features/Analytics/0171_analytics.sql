-- Tickets and money by day of the event's own zone and by kind of ticket; follows the log. A refund counts on the day it was noted.
create table analytics_days (
    event_id uuid not null,
    day date not null,
    ticket_type_id uuid not null,
    orders int not null,
    sold int not null,
    returned int not null,
    gross bigint not null,
    net bigint not null,
    returned_gross bigint not null,
    primary key (event_id, day, ticket_type_id)
);

-- Each event's zone, as its facts have said up to here.
create table analytics_zones (
    event_id uuid primary key,
    time_zone text not null
);
