-- Where a team wants to be told. The secret signs what is sent, so it must be read back: sealed.
create table endpoint (
    id         text collate "C" primary key,
    tenant_id  text collate "C" not null,
    url        text not null,
    secret     bytea not null,
    created_at timestamptz not null,
    created_by text collate "C" not null,
    removed_at timestamptz
);
select database.protect('webhooks.endpoint');
revoke delete on endpoint from sampan_app;

-- What happened, written in the transaction in which it did.
create table message (
    id         text collate "C" primary key,
    tenant_id  text collate "C" not null,
    type       text collate "C" not null,
    body       text not null,
    created_at timestamptz not null
);
select database.protect('webhooks.message');
revoke update, delete on message from sampan_app;

create table delivery (
    message_id   text collate "C" not null references message,
    endpoint_id  text collate "C" not null references endpoint,
    tenant_id    text collate "C" not null,
    state        text collate "C" not null default 'pending' check (state in ('pending', 'delivered', 'dead')),
    attempts     integer not null default 0,
    next_at      timestamptz not null,      -- while one is under way: when it counts as lost
    last_answer  text,
    delivered_at timestamptz,
    primary key (message_id, endpoint_id)
);
create index delivery_due on delivery (next_at) where state = 'pending';
select database.protect('webhooks.delivery');
revoke delete on delivery from sampan_app;
