package dev.sampan.studio.tracking;

import dev.sampan.catalog.ModelVersion;
import dev.sampan.database.Database;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.TenantId;
import dev.sampan.studio.tracking.RegisteredModel.Version;
import dev.sampan.studio.tracking.query.Clause;
import dev.sampan.studio.tracking.query.Expression;
import dev.sampan.studio.tracking.query.Expression.Kind;
import dev.sampan.studio.tracking.query.Field;
import dev.sampan.studio.tracking.query.Filter;
import dev.sampan.studio.tracking.query.Order;
import dev.sampan.studio.tracking.query.Page;
import dev.sampan.studio.tracking.query.Vocabulary;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What is said of versions on the shelf.
public final class RegisteredVersions {
    private static final Expression STAMP = Expression.column("v.updated_millis", Kind.WHOLE);
    private static final Map<String, Expression> ATTRIBUTES = Map.of(
            "name", Expression.column("v.name", Kind.TEXT),
            "version_number", Expression.column("v.number", Kind.WHOLE),
            "run_id", Expression.column("v.run_id", Kind.TEXT),
            "source_path", Expression.column("v.source", Kind.TEXT),
            "creation_timestamp", Expression.column("v.created_millis", Kind.WHOLE),
            "last_updated_timestamp", STAMP,
            "key", Expression.column("(v.name || '/' || lpad(v.number::text, 10, '0'))", Kind.TEXT));
    private static final List<String> NEWEST = List.of("last_updated_timestamp DESC", "name", "version_number DESC");

    private final Database database;
    private final InstantSource clock;

    RegisteredVersions(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /// What a client says of a version it registers.
    public record Said(
            String user,
            String description,
            String source,
            String run,
            String runLink,
            String model,
            Map<String, String> tags) {
        Said madeBy(String otherRun, String otherModel) {
            return new Said(user, description, source, otherRun, runLink, otherModel, tags);
        }
    }

    /// A page of versions.
    public record Listed(List<Version> versions, @Nullable String next) {
        public Listed {
            versions = List.copyOf(versions);
        }
    }

    /// @param aliases of all models, by name
    public Listed search(TenantId tenant, Search search, Map<String, Map<String, Integer>> aliases) {
        Page page = Page.by(
                Order.parse(search.orders().isEmpty() ? NEWEST : search.orders()), RegisteredVersions::field, "key");
        Clause where = Clause.where(Filter.parse(search.filter()), RegisteredVersions::field);
        Clause columns = page.columns();
        Clause after = page.after(search.token());
        List<Rows.Placed<Version>> rows = database.asTenant(
                tenant,
                sql -> sql.sql("SELECT * FROM (SELECT v.*, v.name || '/' || lpad(v.number::text, 10, '0') AS key"
                                + columns.text()
                                + """
                         FROM studio.registered_version v
                         JOIN studio.registered_model m ON m.tenant_id = v.tenant_id AND m.name = v.name
                         WHERE v.tenant_id = ? AND NOT v.hidden AND NOT m.deleted AND v.number > m.hidden_to
                        """ + where.text() + ") page WHERE true" + after.text() + " ORDER BY " + page.order()
                                + " LIMIT ?")
                        .params(columns.bound())
                        .param(tenant.toString())
                        .params(where.bound())
                        .params(after.bound())
                        .param(search.max() + 1)
                        .query((row, _) -> {
                            Version version = version(row);
                            Map<String, Integer> pointing = aliases.getOrDefault(version.name(), Map.of());
                            return Rows.placed(row, page, version.with(aliases(pointing, version.number())));
                        })
                        .list());
        return new Listed(Rows.shown(rows, search.max()), Rows.next(page, rows, search.max()));
    }

    /// Newest first.
    List<Version> of(TenantId tenant, String name, int above) {
        return database.asTenant(
                tenant,
                sql -> sql.sql("""
                        SELECT * FROM studio.registered_version
                        WHERE tenant_id = ? AND name = ? AND number > ? AND NOT hidden ORDER BY number DESC
                        """)
                        .params(tenant.toString(), name, above)
                        .query((row, _) -> version(row))
                        .list());
    }

    /// The greatest number known of each name.
    Map<String, Integer> last(JdbcClient sql, TenantId tenant) {
        Map<String, Integer> last = new HashMap<>();
        sql.sql("SELECT name, max(number) AS number FROM studio.registered_version WHERE tenant_id = ? GROUP BY name")
                .param(tenant.toString())
                .query(row -> {
                    last.put(row.getString("name"), row.getInt("number"));
                });
        return last;
    }

    void adopt(JdbcClient sql, TenantId tenant, List<ModelVersion> shelved) {
        for (ModelVersion one : shelved) {
            long at = one.registeredAt().toEpochMilli();
            sql.sql("""
                            INSERT INTO studio.registered_version
                                (tenant_id, name, number, source, created_millis, updated_millis)
                            VALUES (?, ?, ?, ?, ?, ?)
                            ON CONFLICT DO NOTHING
                            """)
                    .params(
                            tenant.toString(),
                            one.name(),
                            one.number(),
                            "mlflow-artifacts:/shelf/" + one.name() + "/" + one.number(),
                            at,
                            at)
                    .update();
        }
    }

    int madeBy(JdbcClient sql, TenantId tenant, String name, int number, String run) {
        return sql.sql("""
                        UPDATE studio.registered_version SET run_id = ?
                        WHERE tenant_id = ? AND name = ? AND number = ? AND run_id = ''
                        """).params(run, tenant.toString(), name, number).update();
    }

    void say(TenantId tenant, String name, int number, Said said) {
        Limits.tags(said.tags(), Limits.MODEL_TAG);
        database.asTenant(
                tenant,
                sql -> sql.sql("""
                        UPDATE studio.registered_version
                        SET user_id = ?, description = ?, source = ?, run_id = ?, run_link = ?, model_id = ?,
                            tags = ?::jsonb, hidden = false, updated_millis = ?
                        WHERE tenant_id = ? AND name = ? AND number = ?
                        """)
                        .params(said.user(), said.description(), said.source(), said.run(), said.runLink())
                        .params(said.model(), Json.write(said.tags()), clock.millis())
                        .params(tenant.toString(), name, number)
                        .update());
    }

    public void describe(TenantId tenant, String name, int number, String description) {
        database.asTenant(
                tenant,
                sql -> sql.sql("""
                        UPDATE studio.registered_version SET description = ?, updated_millis = ?
                        WHERE tenant_id = ? AND name = ? AND number = ?
                        """)
                        .params(description, clock.millis(), tenant.toString(), name, number)
                        .update());
    }

    public void setTag(TenantId tenant, String name, int number, Map<String, String> tag) {
        Limits.tags(tag, Limits.MODEL_TAG);
        database.asTenant(
                tenant,
                sql -> sql.sql("""
                        UPDATE studio.registered_version SET tags = tags || ?::jsonb, updated_millis = ?
                        WHERE tenant_id = ? AND name = ? AND number = ?
                        """)
                        .params(Json.write(tag), clock.millis(), tenant.toString(), name, number)
                        .update());
    }

    public void deleteTag(TenantId tenant, String name, int number, String key) {
        database.asTenant(
                tenant,
                sql -> sql.sql("""
                        UPDATE studio.registered_version SET tags = tags - ?::text, updated_millis = ?
                        WHERE tenant_id = ? AND name = ? AND number = ?
                        """)
                        .params(key, clock.millis(), tenant.toString(), name, number)
                        .update());
    }

    /// Out of sight; the shelf keeps it.
    public void hide(TenantId tenant, String name, int number) {
        database.asTenant(
                tenant,
                sql -> sql.sql("""
                        UPDATE studio.registered_version SET hidden = true, updated_millis = ?
                        WHERE tenant_id = ? AND name = ? AND number = ?
                        """)
                        .params(clock.millis(), tenant.toString(), name, number)
                        .update());
    }

    static List<String> aliases(Map<String, Integer> pointing, int number) {
        return pointing.entrySet().stream()
                .filter(one -> one.getValue() == number)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private static Expression field(Field field) {
        Expression known = ATTRIBUTES.get(field.key());
        return switch (field.entity()) {
            case TAG ->
                Expression.keyed(
                        field.key().equals(Registry.PROMPT) ? "coalesce(v.tags ->> ?, 'false')" : "(v.tags ->> ?)",
                        field.key(),
                        Kind.TEXT);
            case ATTRIBUTE -> {
                if (known == null) {
                    throw Vocabulary.unknown(field, ATTRIBUTES.keySet());
                }
                yield known;
            }
            case METRIC, PARAM, DATASET -> throw Vocabulary.unknown(field, ATTRIBUTES.keySet());
        };
    }

    private static Version version(ResultSet row) throws SQLException {
        return new Version(
                row.getString("name"),
                row.getInt("number"),
                row.getString("user_id"),
                row.getString("description"),
                row.getString("source"),
                row.getString("run_id"),
                row.getString("run_link"),
                row.getString("model_id"),
                Rows.texts(row, "tags"),
                List.of(),
                row.getLong("created_millis"),
                row.getLong("updated_millis"));
    }
}
