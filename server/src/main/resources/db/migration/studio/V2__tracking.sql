-- Tracking: what training programs anywhere log of their runs. Times are milliseconds since 1970, as clients send them.
CREATE TABLE studio.experiment (
    tenant_id         char(26) NOT NULL,
    id                text     NOT NULL,
    name              text     NOT NULL,
    lifecycle         text     NOT NULL DEFAULT 'active' CHECK (lifecycle IN ('active', 'deleted')),
    artifact_location text,
    tags              jsonb    NOT NULL DEFAULT '{}',
    created_millis    bigint   NOT NULL,
    updated_millis    bigint   NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, name)
);

CREATE TABLE studio.tracked_run (
    tenant_id     char(26) NOT NULL,
    id            text     NOT NULL,
    experiment_id text     NOT NULL,
    name          text     NOT NULL,
    user_id       text     NOT NULL,
    status        text     NOT NULL CHECK (status IN ('RUNNING', 'SCHEDULED', 'FINISHED', 'FAILED', 'KILLED')),
    lifecycle     text     NOT NULL DEFAULT 'active' CHECK (lifecycle IN ('active', 'deleted')),
    start_millis  bigint   NOT NULL,
    end_millis    bigint,
    artifact_uri  text     NOT NULL,
    created_by    char(26) NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, experiment_id) REFERENCES studio.experiment (tenant_id, id)
);
CREATE INDEX tracked_run_newest ON studio.tracked_run (tenant_id, experiment_id, start_millis DESC, id);

-- Every point ever logged; the same point sent twice is one point.
CREATE TABLE studio.run_metric (
    tenant_id char(26)         NOT NULL,
    run_id    text             NOT NULL,
    key       text             NOT NULL,
    step      bigint           NOT NULL,
    at_millis bigint           NOT NULL,
    value     double precision NOT NULL,
    PRIMARY KEY (tenant_id, run_id, key, step, at_millis, value)
);

-- Of each curve the last point, so that a list needs no history.
CREATE TABLE studio.run_metric_latest (
    tenant_id char(26)         NOT NULL,
    run_id    text             NOT NULL,
    key       text             NOT NULL,
    step      bigint           NOT NULL,
    at_millis bigint           NOT NULL,
    value     double precision NOT NULL,
    PRIMARY KEY (tenant_id, run_id, key)
);

CREATE TABLE studio.run_param (
    tenant_id char(26) NOT NULL,
    run_id    text     NOT NULL,
    key       text     NOT NULL,
    value     text     NOT NULL,
    PRIMARY KEY (tenant_id, run_id, key)
);

CREATE TABLE studio.run_tag (
    tenant_id char(26) NOT NULL,
    run_id    text     NOT NULL,
    key       text     NOT NULL,
    value     text     NOT NULL,
    PRIMARY KEY (tenant_id, run_id, key)
);

-- Data sets that a run read.
CREATE TABLE studio.run_input (
    tenant_id   char(26) NOT NULL,
    run_id      text     NOT NULL,
    name        text     NOT NULL,
    digest      text     NOT NULL,
    source_type text     NOT NULL,
    source      text     NOT NULL,
    schema      text,
    profile     text,
    tags        jsonb    NOT NULL DEFAULT '{}',
    PRIMARY KEY (tenant_id, run_id, name, digest)
);

SELECT database.protect('studio.experiment');
SELECT database.protect('studio.tracked_run');
SELECT database.protect('studio.run_metric');
SELECT database.protect('studio.run_metric_latest');
SELECT database.protect('studio.run_param');
SELECT database.protect('studio.run_tag');
SELECT database.protect('studio.run_input');

-- History is added to, never rewritten.
REVOKE UPDATE, DELETE ON studio.run_metric FROM sampan_app;
REVOKE UPDATE, DELETE ON studio.run_param FROM sampan_app;
