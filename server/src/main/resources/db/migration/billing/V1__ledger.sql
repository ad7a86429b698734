-- The platform's own price list: no customer's data.
create table price (
    version        text collate "C" primary key,
    model          text collate "C" not null,
    product        text not null,
    nanos          bigint not null check (nanos >= 0),
    currency       char(3) not null,
    effective_from timestamptz not null,
    set_by         text collate "C" not null
);
create index price_by_model on price (model, effective_from desc);
revoke update, delete on price from sampan_app;

-- balance: what was granted less what is booked. leased: the part of it that installations may spend by themselves.
create table wallet (
    tenant_id     text collate "C" primary key,
    currency      char(3) not null,
    balance_nanos bigint not null check (balance_nanos >= 0),
    leased_nanos  bigint not null default 0 check (leased_nanos >= 0),
    spent_nanos   bigint not null default 0 check (spent_nanos >= 0),
    check (leased_nanos <= balance_nanos)
) with (fillfactor = 50);
select database.protect('billing.wallet');
revoke delete on wallet from sampan_app;

-- What one installation holds of a wallet and has not spent.
create table lease (
    node         text collate "C" not null,
    tenant_id    text collate "C" not null,
    nanos        bigint not null check (nanos >= 0),
    version      bigint not null,
    last_granted bigint not null,
    primary key (node, tenant_id)
) with (fillfactor = 50);
select database.protect('billing.lease');

create table trial_grant (
    tenant_id  text collate "C" primary key,
    nanos      bigint not null check (nanos > 0),
    currency   char(3) not null,
    granted_at timestamptz not null,
    granted_by text collate "C" not null
);
select database.protect('billing.trial_grant');
revoke update, delete on trial_grant from sampan_app;

-- Chart of accounts. Debits are positive, credits negative.
create table account (
    code text collate "C" primary key,
    kind text not null check (kind in ('asset', 'liability', 'revenue', 'expense'))
);
insert into account (code, kind) values
    ('cash', 'asset'), ('receivable', 'asset'), ('customer_credit', 'liability'),
    ('earnings', 'revenue'), ('promotion', 'expense');
revoke insert, update, delete on account from sampan_app;

create table ledger_transaction (
    id        text collate "C" primary key,
    tenant_id text collate "C" not null,
    kind      text collate "C" not null,
    reference text collate "C" not null,
    posted_at timestamptz not null,
    unique (kind, reference, tenant_id)
);
select database.protect('billing.ledger_transaction');
revoke update, delete on ledger_transaction from sampan_app;

create table entry (
    transaction_id text collate "C" not null references ledger_transaction,
    tenant_id      text collate "C" not null,
    account        text collate "C" not null references account,
    nanos          bigint not null check (nanos <> 0),
    currency       char(3) not null,
    primary key (transaction_id, account)
);
create index entry_by_tenant on entry (tenant_id, account);
select database.protect('billing.entry');
revoke update, delete on entry from sampan_app;

create function require_balanced() returns trigger
    language plpgsql as
$$
begin
    if exists (select from billing.entry where transaction_id = new.transaction_id
               group by currency having sum(nanos) <> 0) then
        raise exception 'ledger transaction % does not sum to zero', new.transaction_id;
    end if;
    return null;
end
$$;
create constraint trigger balanced after insert on entry
    deferrable initially deferred for each row execute function require_balanced();

-- Numbers without gaps: the row is locked until the invoice is committed.
create table invoice_counter (
    year   integer primary key,
    issued integer not null
);
revoke delete on invoice_counter from sampan_app;

-- Rows of usage with after_sequence < sequence <= upto_sequence are on it.
create table invoice (
    number         text collate "C" primary key,
    tenant_id      text collate "C" not null,
    customer_name  text not null,
    after_sequence bigint not null,
    upto_sequence  bigint not null check (upto_sequence > after_sequence),
    period_from    timestamptz not null,
    period_to      timestamptz not null,
    issued_at      timestamptz not null,
    issued_by      text collate "C" not null,
    currency       char(3) not null,
    total          numeric not null,
    paid_by_credit numeric not null,
    due            numeric not null,
    check (total = paid_by_credit + due),
    unique (tenant_id, after_sequence),
    unique (tenant_id, upto_sequence)
);
select database.protect('billing.invoice');
revoke update, delete on invoice from sampan_app;

create table invoice_line (
    number        text collate "C" not null references invoice,
    position      integer not null,
    tenant_id     text collate "C" not null,
    product       text not null,
    model         text collate "C" not null,
    price_version text collate "C" not null,
    calls         bigint not null,
    units         bigint not null,
    unit_nanos    bigint not null,
    exact_nanos   bigint not null,
    amount        numeric not null,
    check (exact_nanos = unit_nanos * units),
    primary key (number, position)
);
select database.protect('billing.invoice_line');
revoke update, delete on invoice_line from sampan_app;
