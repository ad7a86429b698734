-- Somebody wants a wallet's money back from where it is leased: every installation gives back what it does not use.
create table recall (
    tenant_id text collate "C" primary key,
    asked_at  timestamptz not null
);
select database.protect('billing.recall');
