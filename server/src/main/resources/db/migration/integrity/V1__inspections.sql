-- What every look at the invariants found. No customer's data: breaks name rows by their numbers.
create table inspection (
    number   bigint generated always as identity primary key,
    at       timestamptz not null,
    sound    boolean not null,
    document jsonb not null
);
revoke update, delete on inspection from sampan_app;

-- Hours that a node has taken on itself to look.
create table hour (
    hour timestamptz primary key
);
revoke update, delete on hour from sampan_app;
