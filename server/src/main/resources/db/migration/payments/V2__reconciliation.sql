-- How a provider's day compares with ours, the last time it was looked at. Findings name ids, nobody's data.
create table reconciliation (
    provider   text collate "C" not null,
    day        date not null,               -- of the provider's calendar
    claimed_at timestamptz not null,        -- since when a node is at it
    made_at    timestamptz,
    matched    bigint not null default 0,
    findings   jsonb not null default '[]',
    failure    text,
    primary key (provider, day)
);
revoke delete on reconciliation from sampan_app;
