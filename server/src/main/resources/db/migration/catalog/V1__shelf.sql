-- The shelf: immutable versions, aliases, and every move an alias ever made.
CREATE TABLE catalog.model_version (
    tenant_id     char(26)    NOT NULL,
    name          text        NOT NULL,
    number        integer     NOT NULL CHECK (number > 0),
    content       char(64)    NOT NULL,
    architecture  text        NOT NULL,
    summary       jsonb       NOT NULL,
    registered_at timestamptz NOT NULL,
    registered_by char(26)    NOT NULL,
    PRIMARY KEY (tenant_id, name, number),
    UNIQUE (tenant_id, name, content)
);

CREATE TABLE catalog.alias_move (
    tenant_id char(26)    NOT NULL,
    name      text        NOT NULL,
    alias     text        NOT NULL,
    ordinal   integer     NOT NULL CHECK (ordinal > 0),
    moved_from integer,
    moved_to  integer     NOT NULL,
    moved_at  timestamptz NOT NULL,
    moved_by  char(26)    NOT NULL,
    PRIMARY KEY (tenant_id, name, alias, ordinal),
    FOREIGN KEY (tenant_id, name, moved_to) REFERENCES catalog.model_version (tenant_id, name, number)
);

SELECT database.protect('catalog.model_version');
SELECT database.protect('catalog.alias_move');

-- History is added to, never rewritten.
REVOKE UPDATE, DELETE ON catalog.model_version, catalog.alias_move FROM sampan_app;
