-- What the newest row says is in force on every node. Nothing is changed or deleted: it can be seen who sold what when.
create table supplier_set (
    version    text collate "C" primary key check (length(version) = 26),
    document   jsonb not null,              -- suppliers.yaml, without keys
    keys       bytea not null,              -- sealed JSON: supplier → key
    applied_at timestamptz not null,
    applied_by text collate "C" not null
);
revoke update, delete on supplier_set from sampan_app;
