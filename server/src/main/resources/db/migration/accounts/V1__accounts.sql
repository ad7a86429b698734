-- Organisations, which are the tenants; members who sign in; API keys.
create table organisation (
    tenant_id  text collate "C" primary key check (length(tenant_id) = 26),
    name       text not null check (length(name) between 1 and 120),
    kind       text not null check (kind in ('TEAM', 'CUSTOMER')),
    created_at timestamptz not null,
    created_by text collate "C" not null
);
create unique index organisation_name on organisation (lower(name));
-- One team, however many platforms start on this database at once.
create unique index organisation_team on organisation (kind) where kind = 'TEAM';

create table member (
    id         text collate "C" primary key check (length(id) = 26),
    tenant_id  text collate "C" not null references organisation,
    name       text not null,
    password   text not null,                -- Argon2id, with its parameters
    one_time   boolean not null,             -- good for nothing but choosing one's own
    created_at timestamptz not null
);
create unique index member_name on member (lower(name));

create table api_key (
    id           text collate "C" primary key check (length(id) = 26),
    tenant_id    text collate "C" not null references organisation,
    name         text not null,
    prefix       text not null,              -- of the secret, to tell keys apart
    secret_hash  text collate "C" not null unique check (length(secret_hash) = 64),
    created_at   timestamptz not null,
    created_by   text collate "C" not null,
    revoked_at   timestamptz,
    revoked_by   text collate "C",
    last_used_at timestamptz,                -- to the minute
    changed_at   timestamptz not null default clock_timestamp()  -- made or revoked: what other nodes look for
);
create index api_key_of_tenant on api_key (tenant_id, id desc);
create index api_key_changed on api_key (changed_at);

select database.protect('accounts.organisation');
select database.protect('accounts.member');
select database.protect('accounts.api_key');
-- Nothing of these is ever deleted: invoices and logs point at them.
revoke delete on organisation, member, api_key from sampan_app;
