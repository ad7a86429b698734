-- Models that runs logged, and what MLflow's clients say of models on the shelf: the shelf itself, with its versions,
-- aliases and their history, is the catalog's.
CREATE TABLE studio.logged_model (
    tenant_id      char(26) NOT NULL,
    id             text     NOT NULL,
    experiment_id  text     NOT NULL,
    name           text     NOT NULL,
    model_type     text     NOT NULL DEFAULT '',
    source_run_id  text     NOT NULL DEFAULT '',
    status         text     NOT NULL,
    lifecycle      text     NOT NULL DEFAULT 'active' CHECK (lifecycle IN ('active', 'deleted')),
    artifact_uri   text     NOT NULL,
    tags           jsonb    NOT NULL DEFAULT '{}',
    params         jsonb    NOT NULL DEFAULT '{}',
    created_millis bigint   NOT NULL,
    updated_millis bigint   NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, experiment_id) REFERENCES studio.experiment (tenant_id, id)
);
CREATE INDEX logged_model_newest ON studio.logged_model (tenant_id, experiment_id, created_millis DESC, id);

CREATE TABLE studio.run_output (
    tenant_id char(26) NOT NULL,
    run_id    text     NOT NULL,
    model_id  text     NOT NULL,
    step      bigint   NOT NULL DEFAULT 0,
    PRIMARY KEY (tenant_id, run_id, model_id)
);

-- A model that was deleted comes back with its next version; those up to hidden_to stay out of sight.
CREATE TABLE studio.registered_model (
    tenant_id      char(26) NOT NULL,
    name           text     NOT NULL,
    description    text     NOT NULL DEFAULT '',
    tags           jsonb    NOT NULL DEFAULT '{}',
    deleted        boolean  NOT NULL DEFAULT false,
    hidden_to      integer  NOT NULL DEFAULT 0,
    created_millis bigint   NOT NULL,
    updated_millis bigint   NOT NULL,
    PRIMARY KEY (tenant_id, name)
);

CREATE TABLE studio.registered_version (
    tenant_id      char(26) NOT NULL,
    name           text     NOT NULL,
    number         integer  NOT NULL,
    user_id        text     NOT NULL DEFAULT '',
    description    text     NOT NULL DEFAULT '',
    source         text     NOT NULL DEFAULT '',
    run_id         text     NOT NULL DEFAULT '',
    run_link       text     NOT NULL DEFAULT '',
    model_id       text     NOT NULL DEFAULT '',
    tags           jsonb    NOT NULL DEFAULT '{}',
    hidden         boolean  NOT NULL DEFAULT false,
    created_millis bigint   NOT NULL,
    updated_millis bigint   NOT NULL,
    PRIMARY KEY (tenant_id, name, number)
);

SELECT database.protect('studio.logged_model');
SELECT database.protect('studio.run_output');
SELECT database.protect('studio.registered_model');
SELECT database.protect('studio.registered_version');

-- Runs of the studio from before there was tracking.
INSERT INTO studio.experiment (tenant_id, id, name, created_millis, updated_millis)
SELECT tenant_id, 'own-' || md5(name), name, min(extract(epoch FROM created_at) * 1000)::bigint,
       max(extract(epoch FROM created_at) * 1000)::bigint
FROM studio.run GROUP BY tenant_id, name
ON CONFLICT DO NOTHING;

INSERT INTO studio.tracked_run
    (tenant_id, id, experiment_id, name, user_id, status, start_millis, end_millis, artifact_uri, created_by)
SELECT r.tenant_id, r.id, e.id, r.name, 'sampan',
       CASE r.state WHEN 'SUCCEEDED' THEN 'FINISHED' WHEN 'FAILED' THEN 'FAILED' WHEN 'CANCELLED' THEN 'KILLED'
                    WHEN 'WAITING' THEN 'SCHEDULED' ELSE 'RUNNING' END,
       (extract(epoch FROM r.created_at) * 1000)::bigint, (extract(epoch FROM r.finished_at) * 1000)::bigint,
       'mlflow-artifacts:/' || e.id || '/' || r.id || '/artifacts', r.launched_by
FROM studio.run r JOIN studio.experiment e ON e.tenant_id = r.tenant_id AND e.name = r.name
ON CONFLICT DO NOTHING;

INSERT INTO studio.run_metric (tenant_id, run_id, key, step, at_millis, value)
SELECT p.tenant_id, p.run_id, f.key, p.epoch, (extract(epoch FROM r.created_at) * 1000)::bigint, f.value::text::float8
FROM studio.epoch p JOIN studio.run r ON r.id = p.run_id, jsonb_each(p.figures) f
WHERE jsonb_typeof(f.value) = 'number' AND f.key <> 'epoch'
ON CONFLICT DO NOTHING;

INSERT INTO studio.run_metric_latest (tenant_id, run_id, key, step, at_millis, value)
SELECT DISTINCT ON (tenant_id, run_id, key) tenant_id, run_id, key, step, at_millis, value
FROM studio.run_metric ORDER BY tenant_id, run_id, key, step DESC
ON CONFLICT DO NOTHING;
