-- What the newest row says is in force on every node. Nothing is changed or deleted: it can be seen who took money how.
create table provider_set (
    version    text collate "C" primary key check (length(version) = 26),
    document   jsonb not null,              -- payments.yaml, without secrets
    secrets    bytea not null,              -- sealed JSON: environment variable → secret
    applied_at timestamptz not null,
    applied_by text collate "C" not null
);
revoke update, delete on provider_set from sampan_app;

-- An amount asked from a customer. Whoever has the token can pay it and do nothing else.
create table link (
    id         text collate "C" primary key,
    tenant_id  text collate "C" not null,
    token      text collate "C" not null unique check (length(token) >= 22),
    nanos      bigint not null check (nanos > 0),
    currency   char(3) not null,
    created_at timestamptz not null,
    created_by text collate "C" not null,
    expires_at timestamptz not null
);
create index link_by_tenant on link (tenant_id, id desc);
select database.protect('payments.link');
revoke update, delete on link from sampan_app;

-- One try to pay a link at one provider, which knows it by this id.
create table payment (
    id         text collate "C" primary key,
    tenant_id  text collate "C" not null,
    link_id    text collate "C" not null references link,
    provider   text collate "C" not null,
    nanos      bigint not null check (nanos > 0),
    currency   char(3) not null,
    state      text collate "C" not null default 'open' check (state in ('open', 'expired', 'closed', 'paid')),
    checkout   jsonb,                       -- what whoever pays is shown; null until the provider has answered
    reference  text collate "C",            -- the provider's id of the checkout
    paid_as    text collate "C",            -- the provider's id of the money
    created_at timestamptz not null,
    expires_at timestamptz not null,
    paid_at    timestamptz,
    asked_at   timestamptz,                 -- when the provider was last asked, without having told
    check ((state = 'paid') = (paid_as is not null) and (state = 'paid') = (paid_at is not null)),
    unique (provider, paid_as)
);
create index payment_by_link on payment (link_id);
create index payment_by_tenant on payment (tenant_id, id desc);
create index payment_open on payment (expires_at) where state = 'open';
select database.protect('payments.payment');
revoke delete on payment from sampan_app;

-- Paid is the end, and what was asked is never changed, whatever the program believes.
create function keep_payment() returns trigger
    language plpgsql as
$$
begin
    if old.state = 'paid' and (new.state, new.paid_as, new.paid_at) is distinct from (old.state, old.paid_as, old.paid_at)
        or (new.tenant_id, new.link_id, new.provider, new.nanos, new.currency)
            is distinct from (old.tenant_id, old.link_id, old.provider, old.nanos, old.currency) then
        raise exception 'payment % cannot become %', old.id, new.state;
    end if;
    return new;
end
$$;
create trigger keep before update on payment for each row execute function keep_payment();

-- What providers told, each once. Ids and a digest, nobody's data.
create table inbox (
    provider    text collate "C" not null,
    event_id    text collate "C" not null,
    kind        text collate "C" not null,
    received_at timestamptz not null,
    digest      text collate "C" not null,  -- SHA-256 of what told it
    payment_id  text collate "C",
    outcome     text collate "C" not null,
    detail      text,
    primary key (provider, event_id)
);
create index inbox_by_time on inbox (received_at desc);
create index inbox_by_payment on inbox (payment_id);
revoke delete on inbox from sampan_app;

-- Money on its way back. The id is ours, and the provider's key against doing it twice.
create table refund (
    id           text collate "C" primary key,
    tenant_id    text collate "C" not null,
    payment_id   text collate "C" not null references payment,
    nanos        bigint not null check (nanos > 0),
    currency     char(3) not null,
    state        text collate "C" not null check (state in ('requested', 'accepted', 'succeeded', 'failed')),
    foreign_made boolean not null default false, -- made at the provider's, not here
    taken_nanos  bigint not null check (taken_nanos between 0 and nanos), -- taken back from the wallet
    reference    text collate "C",
    reason       text not null,
    requested_at timestamptz not null,
    requested_by text collate "C" not null,
    asked_at     timestamptz,
    finished_at  timestamptz,
    unique (payment_id, reference)
);
create index refund_by_payment on refund (payment_id);
create index refund_unfinished on refund (requested_at) where state in ('requested', 'accepted');
select database.protect('payments.refund');
revoke delete on refund from sampan_app;

-- A payment that the payer's bank wants back.
create table dispute (
    provider    text collate "C" not null,
    id          text collate "C" not null,
    tenant_id   text collate "C" not null,
    payment_id  text collate "C" not null references payment,
    nanos       bigint not null check (nanos > 0),
    currency    char(3) not null,
    state       text collate "C" not null check (state in ('open', 'won', 'lost')),
    taken_nanos bigint not null default 0 check (taken_nanos between 0 and nanos),
    opened_at   timestamptz not null,
    closed_at   timestamptz,
    primary key (provider, id)
);
create index dispute_by_payment on dispute (payment_id);
create index dispute_by_tenant on dispute (tenant_id);
select database.protect('payments.dispute');
revoke delete on dispute from sampan_app;
