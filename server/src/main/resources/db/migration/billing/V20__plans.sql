-- What is sold over time. A set is in force as a whole; the newest is.
create table plan_set (
    version    text collate "C" primary key,
    document   jsonb not null,
    applied_at timestamptz not null,
    applied_by text collate "C" not null
);
revoke update, delete on plan_set from sampan_app;

-- A plan as it stood when a set changed it: subscriptions keep the version they were sold.
create table plan_version (
    plan           text collate "C" not null,
    version        integer not null check (version > 0),
    document       jsonb not null,
    effective_from date not null,
    made_at        timestamptz not null,
    primary key (plan, version)
);
revoke update, delete on plan_version from sampan_app;

-- In which zone a customer's days begin, which region's tax it pays, and whether its account is stopped.
create table payer (
    tenant_id     text collate "C" primary key,
    zone          text not null,
    region        text,
    parked_reason text,
    released_at   timestamptz,
    suspended_at  timestamptz
);
select database.protect('billing.payer');
revoke delete on payer from sampan_app;

-- Each state a subscription has been in; the greatest version is the present one.
create table subscription_state (
    subscription text collate "C" not null,
    version      integer not null,
    tenant_id    text collate "C" not null,
    status       text not null check (status in ('TRIALING', 'ACTIVE', 'CANCELLED')),
    plan         text collate "C" not null,
    plan_version integer not null,
    seats        integer not null check (seats > 0),
    anchor       date not null,
    zone         text not null,
    paid_periods integer not null,
    fee_start    date not null,
    fee_end      date not null,
    fee_from     timestamptz not null,
    fee_to       timestamptz not null,
    use_start    date not null,
    use_end      date not null,
    use_from     timestamptz not null,
    use_to       timestamptz not null,
    next_plan    text collate "C",
    next_version integer,
    next_seats   integer,
    ending       boolean not null,
    change       text not null,
    changed_at   timestamptz not null,
    changed_by   text collate "C" not null,
    primary key (subscription, version),
    foreign key (plan, plan_version) references plan_version
);
create index subscription_state_by_tenant on subscription_state (tenant_id, subscription, version desc);
select database.protect('billing.subscription_state');
revoke update, delete on subscription_state from sampan_app;

-- A customer has one at a time.
create table live_subscription (
    tenant_id    text collate "C" primary key,
    subscription text collate "C" not null unique
);
select database.protect('billing.live_subscription');

-- What was done for a period, once: fee (invoiced in advance), use (ended, to be invoiced), close (invoiced),
-- grant (what is included was given), change (moved to another plan on that day).
create table subscription_period (
    subscription text collate "C" not null,
    period_start date not null,
    kind         text not null check (kind in ('fee', 'use', 'close', 'grant', 'change')),
    tenant_id    text collate "C" not null,
    period_end   date not null,
    whole_start  date not null,
    whole_end    date not null,
    from_at      timestamptz not null,
    to_at        timestamptz not null,
    plan         text collate "C" not null,
    plan_version integer not null,
    invoice      text collate "C",
    sealed       bigint,
    done_at      timestamptz not null,
    primary key (subscription, period_start, kind)
);
select database.protect('billing.subscription_period');
revoke update, delete on subscription_period from sampan_app;

-- Words that take something off. A code of one customer alone is claimed by whoever changes the row first.
create table redeem_code (
    code       text collate "C" primary key,
    coupon     text collate "C" not null,
    made_at    timestamptz not null,
    made_by    text collate "C" not null,
    claimed_by text collate "C",
    claimed_at timestamptz
);
revoke delete on redeem_code from sampan_app;

create table coupon_count (
    coupon   text collate "C" primary key,
    redeemed integer not null
);
revoke delete on coupon_count from sampan_app;

create table coupon_redemption (
    tenant_id   text collate "C" not null,
    coupon      text collate "C" not null,
    document    jsonb not null,
    redeemed_at timestamptz not null,
    redeemed_by text collate "C" not null,
    primary key (tenant_id, coupon)
);
select database.protect('billing.coupon_redemption');
revoke update, delete on coupon_redemption from sampan_app;

create table coupon_use (
    tenant_id    text collate "C" not null,
    coupon       text collate "C" not null,
    subscription text collate "C" not null,
    period_start date not null,
    primary key (tenant_id, coupon, subscription, period_start)
);
select database.protect('billing.coupon_use');
revoke update, delete on coupon_use from sampan_app;

-- Invoices: rows of usage up to upto_sequence that were received before usage_before are on this one or an earlier one.
-- An invoice of a fee alone repeats the bounds of the one before it. Of older rows usage_before is period_to.
alter table invoice add column usage_before timestamptz, add column due_at timestamptz;
do $$
declare
    old record;
begin
    for old in select conname from pg_constraint where conrelid = 'billing.invoice'::regclass
        and (contype = 'u' or pg_get_constraintdef(oid) like '%upto_sequence > after_sequence%')
    loop
        execute format('alter table billing.invoice drop constraint %I', old.conname);
    end loop;
end
$$;
alter table invoice add check (upto_sequence >= after_sequence);
create index invoice_by_tenant on invoice (tenant_id, upto_sequence desc);

create table invoice_item (
    number    text collate "C" not null references invoice,
    position  integer not null,
    tenant_id text collate "C" not null,
    kind      text not null,
    subject   text not null,
    day_from  date,
    day_to    date,
    quantity  bigint not null,
    unit      numeric not null,
    amount    numeric not null,
    primary key (number, position)
);
select database.protect('billing.invoice_item');
revoke update, delete on invoice_item from sampan_app;

create table invoice_payment (
    number    text collate "C" not null references invoice,
    reference text collate "C" not null,
    tenant_id text collate "C" not null,
    amount    numeric not null check (amount > 0),
    paid_at   timestamptz not null,
    primary key (number, reference)
);
select database.protect('billing.invoice_payment');
revoke update, delete on invoice_payment from sampan_app;

create table credit_note_counter (
    year   integer primary key,
    issued integer not null
);
revoke delete on credit_note_counter from sampan_app;

create table credit_note (
    number        text collate "C" primary key,
    tenant_id     text collate "C" not null,
    invoice       text collate "C" not null references invoice,
    customer_name text not null,
    reason        text not null,
    currency      char(3) not null,
    amount        numeric not null check (amount > 0),
    tax           numeric not null check (tax >= 0 and tax <= amount),
    off_due       numeric not null check (off_due >= 0),
    to_wallet     numeric not null check (to_wallet >= 0),
    issued_at     timestamptz not null,
    issued_by     text collate "C" not null,
    check (amount = off_due + to_wallet)
);
select database.protect('billing.credit_note');
revoke update, delete on credit_note from sampan_app;

create table dunning_step (
    number    text collate "C" not null references invoice,
    step      text collate "C" not null,
    tenant_id text collate "C" not null,
    taken_at  timestamptz not null,
    primary key (number, step)
);
select database.protect('billing.dunning_step');
revoke update, delete on dunning_step from sampan_app;

insert into account (code, kind) values ('tax_payable', 'liability') on conflict do nothing;
