-- Durable work. A running job is leased to a node; when the lease runs out without an end, another node takes it.
CREATE TABLE jobs.job (
    tenant_id        char(26)    NOT NULL,
    id               char(26)    NOT NULL PRIMARY KEY,
    kind             text        NOT NULL,
    input            jsonb       NOT NULL,
    state            text        NOT NULL CHECK (state IN ('WAITING', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED')),
    step             text        NOT NULL DEFAULT '',
    done             bigint      NOT NULL DEFAULT 0,
    total            bigint      NOT NULL DEFAULT 0,
    note             text        NOT NULL DEFAULT '',
    attempts         integer     NOT NULL DEFAULT 0,
    problem          jsonb,
    cancel_requested boolean     NOT NULL DEFAULT false,
    node             text,
    lease_until      timestamptz,
    not_before       timestamptz NOT NULL,
    created_at       timestamptz NOT NULL,
    started_at       timestamptz,
    finished_at      timestamptz
);
CREATE INDEX job_to_do ON jobs.job (not_before) WHERE state IN ('WAITING', 'RUNNING');
CREATE INDEX job_latest ON jobs.job (tenant_id, id DESC);

SELECT database.protect('jobs.job');
