package dev.sampan.catalog.internal;

import dev.sampan.catalog.Catalog;
import dev.sampan.catalog.ModelVersion;
import dev.sampan.database.Columns;
import dev.sampan.database.Database;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Sha256;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.model.ModelPackage;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The shelf's rows in PostgreSQL, its packages on the disk.
final class DatabaseCatalog implements Catalog {
    private final Database database;
    private final PackageShelf shelf;
    private final InstantSource clock;

    DatabaseCatalog(Database database, PackageShelf shelf, InstantSource clock) {
        this.database = database;
        this.shelf = shelf;
        this.clock = clock;
    }

    @Override
    public ModelVersion register(TenantId tenant, String name, ModelPackage model, ActorId by) {
        shelf.take(model);
        String summary = Json.write(Summary.of(model));
        return put(tenant, name, new Entry(model.version(), model.manifest().architecture(), summary), by);
    }

    @Override
    public ModelVersion registerForeign(TenantId tenant, String name, Path model, ActorId by) {
        return put(tenant, name, new Entry(shelf.takeForeign(model), ModelVersion.FOREIGN, "{}"), by);
    }

    /// What a version is made of.
    private record Entry(Sha256 content, String architecture, String summary) {}

    private ModelVersion put(TenantId tenant, String name, Entry entry, ActorId by) {
        return database.asTenant(tenant, sql -> {
            lock(sql, tenant, name);
            Optional<ModelVersion> known = sql.sql("""
                            SELECT * FROM catalog.model_version
                            WHERE tenant_id = ? AND name = ? AND content = ?
                            """)
                    .params(tenant.toString(), name, entry.content().hex())
                    .query(DatabaseCatalog::version)
                    .optional();
            return known.orElseGet(() -> insert(sql, tenant, name, entry, by));
        });
    }

    private ModelVersion insert(JdbcClient sql, TenantId tenant, String name, Entry entry, ActorId by) {
        return sql.sql("""
                        INSERT INTO catalog.model_version
                            (tenant_id, name, number, content, architecture, summary, registered_at, registered_by)
                        SELECT ?, ?, coalesce(max(number), 0) + 1, ?, ?, ?::jsonb, ?, ?
                        FROM catalog.model_version WHERE tenant_id = ? AND name = ?
                        RETURNING *
                        """)
                .params(
                        tenant.toString(),
                        name,
                        entry.content().hex(),
                        entry.architecture(),
                        entry.summary(),
                        now(),
                        by.toString(),
                        tenant.toString(),
                        name)
                .query(DatabaseCatalog::version)
                .single();
    }

    @Override
    public void moveAlias(TenantId tenant, String name, String alias, int number, ActorId by) {
        database.asTenant(tenant, sql -> {
            lock(sql, tenant, name);
            if (version(tenant, name, number).isEmpty()) {
                throw noVersion(tenant, name, number);
            }
            return move(sql, new Move(tenant, name, alias, number), by);
        });
    }

    @Override
    public void dropAlias(TenantId tenant, String name, String alias, ActorId by) {
        database.asTenant(tenant, sql -> {
            lock(sql, tenant, name);
            return move(sql, new Move(tenant, name, alias, null), by);
        });
    }

    /// @param to null for nowhere
    private record Move(
            TenantId tenant,
            String name,
            String alias,
            @Nullable Integer to) {}

    /// @return whether the alias pointed elsewhere before
    private boolean move(JdbcClient sql, Move move, ActorId by) {
        Integer before = pointsTo(sql, move.tenant(), move.name(), move.alias()).orElse(null);
        if (Objects.equals(before, move.to())) {
            return false;
        }
        sql.sql("""
                            INSERT INTO catalog.alias_move
                                (tenant_id, name, alias, ordinal, moved_from, moved_to, moved_at, moved_by)
                            SELECT ?, ?, ?, coalesce(max(ordinal), 0) + 1, ?, ?, ?, ?
                            FROM catalog.alias_move WHERE tenant_id = ? AND name = ? AND alias = ?
                            """)
                .param(move.tenant().toString())
                .param(move.name())
                .param(move.alias())
                .param(before)
                .param(move.to())
                .param(now())
                .param(by.toString())
                .param(move.tenant().toString())
                .param(move.name())
                .param(move.alias())
                .update();
        return true;
    }

    @Override
    public Optional<ModelVersion> version(TenantId tenant, String name, int number) {
        return database.asTenant(
                tenant,
                sql -> sql.sql("""
                        SELECT * FROM catalog.model_version WHERE tenant_id = ? AND name = ? AND number = ?
                        """)
                        .params(tenant.toString(), name, number)
                        .query(DatabaseCatalog::version)
                        .optional());
    }

    @Override
    public Optional<ModelVersion> byAlias(TenantId tenant, String name, String alias) {
        return database.asTenant(
                tenant, sql -> pointsTo(sql, tenant, name, alias).flatMap(number -> version(tenant, name, number)));
    }

    @Override
    public List<ModelVersion> newest(TenantId tenant) {
        return database.asTenant(
                tenant,
                sql -> sql.sql("""
                        SELECT DISTINCT ON (name) * FROM catalog.model_version
                        WHERE tenant_id = ? ORDER BY name, number DESC
                        """)
                        .param(tenant.toString())
                        .query(DatabaseCatalog::version)
                        .list());
    }

    @Override
    public List<ModelVersion> versions(TenantId tenant, String name) {
        return database.asTenant(
                tenant,
                sql -> sql.sql("""
                        SELECT * FROM catalog.model_version WHERE tenant_id = ? AND name = ? ORDER BY number DESC
                        """)
                        .params(tenant.toString(), name)
                        .query(DatabaseCatalog::version)
                        .list());
    }

    @Override
    public Map<String, Map<String, Integer>> aliases(TenantId tenant) {
        Map<String, Map<String, Integer>> all = new HashMap<>();
        database.asTenant(tenant, sql -> {
            sql.sql("""
                            SELECT DISTINCT ON (name, alias) name, alias, moved_to FROM catalog.alias_move
                            WHERE tenant_id = ? ORDER BY name, alias, ordinal DESC
                            """).param(tenant.toString()).query(row -> {
                if (row.getObject("moved_to") instanceof Integer to) {
                    all.computeIfAbsent(row.getString("name"), _ -> new HashMap<>())
                            .put(row.getString("alias"), to);
                }
            });
            return true;
        });
        return all;
    }

    @Override
    public List<AliasMove> aliasHistory(TenantId tenant, String name) {
        return database.asTenant(tenant, sql -> aliasMoves(sql, tenant, name));
    }

    @Override
    public ModelPackage open(Sha256 content) {
        return shelf.open(content);
    }

    @Override
    public Path folder(Sha256 content) {
        return shelf.folder(content);
    }

    private ProblemException noVersion(TenantId tenant, String name, int number) {
        List<Integer> there =
                versions(tenant, name).stream().map(ModelVersion::number).toList();
        return new ProblemException(Problem.of("catalog.no_version", "Model " + name + " has no version " + number)
                .remedy(there.isEmpty() ? "Register one first" : "There is " + there));
    }

    /// The version that the alias names now. By ordinal: the clock may have been set back between two moves.
    private static Optional<Integer> pointsTo(JdbcClient sql, TenantId tenant, String name, String alias) {
        return sql.sql("""
                        SELECT coalesce(moved_to, 0) FROM catalog.alias_move
                        WHERE tenant_id = ? AND name = ? AND alias = ? ORDER BY ordinal DESC LIMIT 1
                        """)
                .params(tenant.toString(), name, alias)
                .query(Integer.class)
                .optional()
                .filter(number -> number > 0);
    }

    private static List<AliasMove> aliasMoves(JdbcClient sql, TenantId tenant, String name) {
        return sql.sql("""
                        SELECT * FROM catalog.alias_move
                        WHERE tenant_id = ? AND name = ? ORDER BY moved_at DESC, ordinal DESC
                        """)
                .params(tenant.toString(), name)
                .query((row, _) -> new AliasMove(
                        row.getString("name"),
                        row.getString("alias"),
                        (Integer) row.getObject("moved_from"),
                        (Integer) row.getObject("moved_to"),
                        Columns.instant(row, "moved_at"),
                        new ActorId(Ulid.parse(row.getString("moved_by")))))
                .list();
    }

    /// Numbers of one name are given one at a time.
    private static void lock(JdbcClient sql, TenantId tenant, String name) {
        sql.sql("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))::text")
                .param("catalog " + tenant + " " + name)
                .query(String.class)
                .optional();
    }

    private static ModelVersion version(ResultSet row, int number) throws SQLException {
        return new ModelVersion(
                TenantId.parse(row.getString("tenant_id")),
                row.getString("name"),
                row.getInt("number"),
                new Sha256(row.getString("content")),
                row.getString("architecture"),
                row.getString("summary"),
                Columns.instant(row, "registered_at"),
                new ActorId(Ulid.parse(row.getString("registered_by"))));
    }

    private OffsetDateTime now() {
        return Columns.utc(clock.instant());
    }
}
