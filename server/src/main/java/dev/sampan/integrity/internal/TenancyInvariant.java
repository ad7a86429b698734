package dev.sampan.integrity.internal;

import dev.sampan.database.Database;
import dev.sampan.integrity.Invariant;
import java.util.List;

/// Every table with a `tenant_id` lets nobody see rows of another tenant, its owner included.
final class TenancyInvariant implements Invariant {
    private static final String TABLES = """
            select table_schema.nspname || '.' || held.relname as name,
                   held.relrowsecurity and held.relforcerowsecurity
                       and exists (select from pg_policy where polrelid = held.oid) as kept
            from pg_class as held
            join pg_namespace as table_schema on table_schema.oid = held.relnamespace
            join pg_attribute as tenant on tenant.attrelid = held.oid
            where held.relkind in ('r', 'p') and tenant.attname = 'tenant_id' and not tenant.attisdropped
              and table_schema.nspname not like 'pg\\_%'
            """;

    private final Database database;

    TenancyInvariant(Database database) {
        this.database = database;
    }

    private record Table(String name, boolean kept) {}

    @Override
    public String id() {
        return "tenancy.kept";
    }

    @Override
    public Finding look() {
        List<Table> tables = database.asPlatform(tx -> tx.sql(TABLES)
                .query((row, _) -> new Table(row.getString("name"), row.getBoolean("kept")))
                .list());
        return new Finding(
                tables.size(),
                tables.stream()
                        .filter(table -> !table.kept)
                        .map(table -> "Row-level security of " + table.name + " is off")
                        .toList());
    }
}
