-- Money or counted units beside a customer's wallet. rest: what was granted less what is booked and what has expired.
-- leased: the part of it that installations may spend by themselves. models: public names; null: all.
create table fund (
    id         text collate "C" primary key,
    tenant_id  text collate "C" not null,
    kind       text not null check (kind in ('included', 'bundle', 'promotion', 'credit_line')),
    unit       text collate "C" not null,
    models     text[],
    priority   integer not null,
    starts_at  timestamptz not null,
    expires_at timestamptz,
    granted    bigint not null check (granted > 0),
    rest       bigint not null check (rest >= 0),
    leased     bigint not null default 0 check (leased >= 0),
    used       bigint not null default 0 check (used >= 0),
    expired    bigint not null default 0 check (expired >= 0),
    reference  text collate "C" not null,
    granted_by text collate "C" not null,
    granted_at timestamptz not null,
    changed_at timestamptz not null,
    closed_at  timestamptz,
    check (leased <= rest),
    check (granted = rest + used + expired),
    unique (tenant_id, reference)
) with (fillfactor = 50);
create index fund_open on fund (tenant_id) where closed_at is null;
create index fund_changed on fund (changed_at);
create index fund_ending on fund (expires_at) where closed_at is null;
select database.protect('billing.fund');
revoke delete on fund from sampan_app;

-- What one installation holds of a fund and has not spent.
create table fund_lease (
    node         text collate "C" not null,
    fund         text collate "C" not null references fund,
    tenant_id    text collate "C" not null,
    count        bigint not null check (count >= 0),
    version      bigint not null,
    last_granted bigint not null,
    primary key (node, fund)
) with (fillfactor = 50);
create index fund_lease_by_fund on fund_lease (fund);
select database.protect('billing.fund_lease');

-- Entries of counted units have a unit of their own, so they are never summed with money.
alter table entry alter column currency type text;
alter table ledger_transaction add column fund text collate "C";
create index transaction_by_fund on ledger_transaction (fund) where fund is not null;

insert into account (code, kind) values
    ('fund_credit', 'liability'), -- money owed in calls, out of funds
    ('deferred', 'liability'),    -- paid for bundles and not yet handed out as one
    ('allowance', 'revenue'),     -- what plans' fees have paid for already; it offsets the earnings of those calls
    ('breakage', 'revenue'),      -- owed, and never asked for
    ('units_granted', 'expense'), -- counted units: granted …
    ('units_owed', 'liability'),  -- … still owed …
    ('units_used', 'revenue'),    -- … used …
    ('units_lapsed', 'revenue');  -- … or lapsed

-- Whom it is told when a wallet runs low, and that it was.
create table low_balance (
    tenant_id text collate "C" primary key,
    nanos     bigint not null check (nanos > 0),
    currency  char(3) not null,
    told_at   timestamptz
);
select database.protect('billing.low_balance');
