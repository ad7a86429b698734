-- Which version answers under which public name, now and before.
CREATE TABLE serving.deployment (
    tenant_id    char(26)    NOT NULL,
    id           char(26)    NOT NULL PRIMARY KEY,
    public_model text        NOT NULL,
    name         text        NOT NULL,
    version      integer     NOT NULL,
    content      char(64)    NOT NULL,
    batch_max    integer     NOT NULL,
    deployed_at  timestamptz NOT NULL,
    deployed_by  char(26)    NOT NULL,
    replaced_at  timestamptz
);
-- One live version for each public name, over all tenants: callers know the name alone.
CREATE UNIQUE INDEX deployment_live ON serving.deployment (public_model) WHERE replaced_at IS NULL;

SELECT database.protect('serving.deployment');
