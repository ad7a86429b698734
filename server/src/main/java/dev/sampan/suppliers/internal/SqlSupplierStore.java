package dev.sampan.suppliers.internal;

import dev.sampan.database.Columns;
import dev.sampan.database.Database;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Ulid;
import dev.sampan.spec.Specs;
import dev.sampan.spec.SuppliersSpec;
import dev.sampan.suppliers.Directory;
import dev.sampan.trust.Vault;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.type.TypeReference;

/// Rows of sets of suppliers; the newest is in force.
public final class SqlSupplierStore implements SupplierStore {
    private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};
    private static final TypeReference<Map<String, String>> KEYS = new TypeReference<>() {};

    private final Database database;
    private final Vault vault;

    public SqlSupplierStore(Database database, Vault vault) {
        this.database = database;
        this.vault = vault;
    }

    @Override
    public void add(Ulid version, SuppliersSpec spec, Map<String, String> keys, Instant at, ActorId by) {
        byte[] sealed = vault.seal(Json.write(keys).getBytes(StandardCharsets.UTF_8), place(version));
        database.asPlatform(tx -> tx.sql("""
                        insert into suppliers.supplier_set (version, document, keys, applied_at, applied_by)
                        values (?, ?::jsonb, ?, ?, ?)
                        """)
                .param(version.toString())
                .param(Json.write(Specs.toTree(spec)))
                .param(sealed)
                .param(Columns.utc(at))
                .param(by.toString())
                .update());
    }

    private record Row(Ulid version, String document, byte[] keys) {}

    @Override
    public Optional<Directory> newerThan(Ulid known) {
        Optional<Row> row = database.asPlatform(tx -> tx.sql("""
                        select version, document, keys from suppliers.supplier_set
                        where version > ? order by version desc limit 1
                        """)
                .param(known.toString())
                .query((found, _) -> new Row(
                        Ulid.parse(found.getString("version")), found.getString("document"), found.getBytes("keys")))
                .optional());
        return row.map(this::directory);
    }

    /// A lost master key stops the suppliers that want a key, not the platform.
    private Directory directory(Row row) {
        SuppliersSpec spec = Specs.suppliersFromTree(Json.MAPPER.readValue(row.document, TREE));
        try {
            String keys = new String(vault.open(row.keys, place(row.version)), StandardCharsets.UTF_8);
            return new Directory(row.version, spec, Json.MAPPER.readValue(keys, KEYS));
        } catch (ProblemException e) {
            return new Directory(row.version, spec, Map.of(), e.problems().getFirst());
        }
    }

    private static String place(Ulid version) {
        return "suppliers.supplier_set/" + version;
    }
}
