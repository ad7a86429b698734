-- Answers of calls with an Idempotency-Key, for a day. One row for each key: whoever inserts it runs the call.
create table answer (
    tenant_id  text collate "C" not null,
    key        text collate "C" not null check (length(key) between 1 and 255),
    request_id text collate "C" not null,
    body_hash  text collate "C" not null check (length(body_hash) = 64),
    state      text not null check (state in ('RUNNING', 'KEPT', 'GONE', 'LOST')),
    paid       boolean not null,            -- by a call whose answer was lost with its process
    node       text collate "C" not null,   -- whose journal knows whether it was charged
    type       text,
    body       bytea,
    charge     text,
    created_at timestamptz not null,
    primary key (tenant_id, key),
    check ((state = 'KEPT') = (body is not null))
);
create index answer_running on answer (node) where state = 'RUNNING';
create index answer_by_age on answer (created_at);
select database.protect('answers.answer');
