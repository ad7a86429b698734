-- Launches of specifications, their stages and the figures of each training epoch.
CREATE TABLE studio.run (
    tenant_id   char(26)    NOT NULL,
    id          char(26)    NOT NULL PRIMARY KEY,
    name        text        NOT NULL,
    spec        jsonb       NOT NULL,
    folder      text        NOT NULL,
    launched_by char(26)    NOT NULL,
    job_id      char(26),
    state       text        NOT NULL,
    problem     jsonb,
    created_at  timestamptz NOT NULL,
    finished_at timestamptz
);
CREATE INDEX run_latest ON studio.run (tenant_id, id DESC);

CREATE TABLE studio.stage (
    tenant_id   char(26) NOT NULL,
    run_id      char(26) NOT NULL REFERENCES studio.run (id),
    ordinal     integer  NOT NULL,
    name        text     NOT NULL,
    state       text     NOT NULL,
    done        bigint   NOT NULL DEFAULT 0,
    total       bigint   NOT NULL DEFAULT 0,
    note        text     NOT NULL DEFAULT '',
    cached      boolean  NOT NULL DEFAULT false,
    took_millis bigint,
    figures     jsonb    NOT NULL DEFAULT '{}',
    PRIMARY KEY (run_id, ordinal)
);

CREATE TABLE studio.epoch (
    tenant_id char(26) NOT NULL,
    run_id    char(26) NOT NULL REFERENCES studio.run (id),
    epoch     integer  NOT NULL,
    figures   jsonb    NOT NULL,
    PRIMARY KEY (run_id, epoch)
);

SELECT database.protect('studio.run');
SELECT database.protect('studio.stage');
SELECT database.protect('studio.epoch');
