-- What the newest row says is in force on every node. Nothing is changed or deleted: it can be seen what held when.
create table limit_set (
    version    text collate "C" primary key check (length(version) = 26),
    document   jsonb not null,              -- limits.yaml
    subjects   jsonb not null,              -- one identifier for each limit
    applied_at timestamptz not null,
    applied_by text collate "C" not null
);
revoke update, delete on limit_set from sampan_app;

-- What keys' pages say. Numbered under a lock, as accounts.api_key is, so that no node overlooks a change.
create sequence key_limit_change;
create table key_limit (
    key_id      text collate "C" primary key check (length(key_id) = 26),
    tenant_id   text collate "C" not null,
    requests    bigint check (requests >= 0),    -- a minute
    tokens      bigint check (tokens >= 0),      -- a minute
    spend_nanos bigint check (spend_nanos >= 0), -- a month
    currency    char(3),
    changed     bigint not null,
    changed_by  text collate "C" not null,
    check ((spend_nanos is null) = (currency is null))
);
create index key_limit_changed on key_limit (changed);
select database.protect('limits.key_limit');
revoke delete on key_limit from sampan_app;

create function number_change() returns trigger
    language plpgsql as
$$
begin
    perform pg_advisory_xact_lock('limits.key_limit'::regclass::oid::bigint);
    new.changed := nextval('limits.key_limit_change');
    return new;
end
$$;
create trigger changed before insert or update on key_limit
    for each row execute function number_change();
