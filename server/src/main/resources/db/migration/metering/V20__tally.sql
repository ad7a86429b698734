-- Sums of usage by quarters of an hour, written in the transaction that stores the usage: what limits over hours and
-- days ask for about once a second. By run of a node, so that nodes do not wait for each other's rows, and so that a
-- node can tell what it has counted itself.
create table tally (
    tenant_id text collate "C" not null,
    quarter   bigint not null,              -- since 1970
    key_id    text collate "C" not null,
    model     text collate "C" not null,
    currency  char(3) not null,
    run       text collate "C" not null,
    requests  bigint not null,
    tokens    bigint not null,
    nanos     bigint not null,
    primary key (tenant_id, quarter, key_id, model, currency, run)
);
create index tally_by_time on tally (quarter);
select database.protect('metering.tally');
revoke delete on tally from sampan_app;

insert into tally
select tenant_id, floor(extract(epoch from received_at) / 900)::bigint, key_id, model, currency, '', count(*),
       sum(input + cached_input + output + coalesce(cache_write, 0) + coalesce(reasoning, 0)), sum(nanos)
from usage group by 1, 2, 3, 4, 5;
