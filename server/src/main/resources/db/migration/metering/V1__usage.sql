-- One row for each charged call, never changed. The sequence is what invoices cover.
create table usage (
    sequence      bigint generated always as identity primary key,
    request_id    text collate "C" not null unique,
    tenant_id     text collate "C" not null,
    key_id        text collate "C" not null,
    model         text collate "C" not null,
    units         bigint not null check (units > 0),
    nanos         bigint not null check (nanos >= 0),
    currency      char(3) not null,
    price_version text collate "C" not null,
    received_at   timestamptz not null,
    batch         text collate "C" not null
);
create index usage_by_tenant on usage (tenant_id, sequence);
create index usage_by_time on usage (tenant_id, received_at);
select database.protect('metering.usage');
revoke update, delete on usage from sampan_app;

-- How far the journal of each installation is in this database.
create table drain (
    node           text collate "C" primary key,
    group_sequence bigint not null,
    drained_at     timestamptz not null
);
revoke delete on drain from sampan_app;
