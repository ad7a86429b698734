package dev.sampan.studio.tracking;

import dev.sampan.database.Database;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Models as runs log them.
public final class LoggedModels {
    private static final Map<String, Expression> ATTRIBUTES = Map.of(
            "name", Expression.column("m.name", Kind.TEXT),
            "model_id", Expression.column("m.id", Kind.TEXT),
            "model_type", Expression.column("m.model_type", Kind.TEXT),
            "source_run_id", Expression.column("m.source_run_id", Kind.TEXT),
            "status", Expression.column("m.status", Kind.TEXT),
            "creation_timestamp", Expression.column("m.created_millis", Kind.WHOLE),
            "creation_time", Expression.column("m.created_millis", Kind.WHOLE),
            "last_updated_timestamp", Expression.column("m.updated_millis", Kind.WHOLE));
    private static final List<String> NEWEST = List.of("creation_time DESC");

    private final Database database;
    private final Experiments experiments;
    private final InstantSource clock;

    LoggedModels(Database database, Experiments experiments, InstantSource clock) {
        this.database = database;
        this.experiments = experiments;
        this.clock = clock;
    }

    /// What a client says of a model that it will upload.
    public record Begin(
            String experiment,
            String name,
            String type,
            String sourceRun,
            Map<String, String> tags,
            Map<String, String> params) {}

    /// A page of models.
    public record Listed(List<LoggedModel> models, @Nullable String next) {
        public Listed {
            models = List.copyOf(models);
        }
    }

    public LoggedModel begin(TenantId tenant, Begin begin) {
        Limits.tags(begin.tags(), Limits.TAG);
        begin.params().forEach((key, value) -> Limits.param(Limits.key(key), value));
        String id = "m-" + Ulid.next().toString().toLowerCase(Locale.ROOT);
        database.asTenant(tenant, sql -> {
            String root = experiments.active(tenant, begin.experiment()).artifacts();
            return sql.sql("""
                            INSERT INTO studio.logged_model
                                (tenant_id, id, experiment_id, name, model_type, source_run_id, status, artifact_uri,
                                 tags, params, created_millis, updated_millis)
                            VALUES (?, ?, ?, ?, ?, ?, 'LOGGED_MODEL_PENDING', ?, ?::jsonb, ?::jsonb, ?, ?)
                            """)
                    .params(
                            tenant.toString(),
                            id,
                            begin.experiment(),
                            begin.name().isEmpty() ? RunNames.of(id.hashCode()) : begin.name(),
                            begin.type(),
                            begin.sourceRun(),
                            root + "/models/" + id + "/artifacts",
                            Json.write(begin.tags()),
                            Json.write(begin.params()),
                            clock.millis(),
                            clock.millis())
                    .update();
        });
        return model(tenant, id);
    }

    /// @throws ProblemException `tracking.logged_model.not_found`
    public LoggedModel model(TenantId tenant, String id) {
        return database.asTenant(
                tenant,
                sql -> sql.sql("""
                        SELECT * FROM studio.logged_model WHERE tenant_id = ? AND id = ? AND lifecycle = 'active'
                        """)
                        .params(tenant.toString(), id)
                        .query((row, _) -> model(row))
                        .optional()
                        .orElseThrow(() -> new ProblemException(Problem.of(
                                "tracking.logged_model.not_found", "There is no logged model with id '" + id + "'"))));
    }

    public LoggedModel finish(TenantId tenant, String id, LoggedModel.Status status) {
        return database.asTenant(tenant, sql -> {
            sql.sql("""
                            UPDATE studio.logged_model SET status = ?, updated_millis = ?
                            WHERE tenant_id = ? AND id = ?
                            """)
                    .params(status.name(), clock.millis(), tenant.toString(), id)
                    .update();
            return model(tenant, id);
        });
    }

    public LoggedModel setTags(TenantId tenant, String id, Map<String, String> tags) {
        Limits.tags(tags, Limits.TAG);
        return database.asTenant(tenant, sql -> {
            sql.sql("""
                            UPDATE studio.logged_model SET tags = tags || ?::jsonb, updated_millis = ?
                            WHERE tenant_id = ? AND id = ?
                            """)
                    .params(Json.write(tags), clock.millis(), tenant.toString(), id)
                    .update();
            return model(tenant, id);
        });
    }

    public void deleteTag(TenantId tenant, String id, String key) {
        database.asTenant(tenant, sql -> {
            model(tenant, id);
            return sql.sql("""
                            UPDATE studio.logged_model SET tags = tags - ?::text, updated_millis = ?
                            WHERE tenant_id = ? AND id = ?
                            """)
                    .params(key, clock.millis(), tenant.toString(), id)
                    .update();
        });
    }

    public void addParams(TenantId tenant, String id, Map<String, String> params) {
        params.forEach((key, value) -> Limits.param(Limits.key(key), value));
        database.asTenant(tenant, sql -> {
            model(tenant, id);
            return sql.sql("""
                            UPDATE studio.logged_model SET params = ?::jsonb || params, updated_millis = ?
                            WHERE tenant_id = ? AND id = ?
                            """)
                    .params(Json.write(params), clock.millis(), tenant.toString(), id)
                    .update();
        });
    }

    /// Its files stay: a version on the shelf may be made of them.
    public void delete(TenantId tenant, String id) {
        database.asTenant(tenant, sql -> {
            model(tenant, id);
            return sql.sql("UPDATE studio.logged_model SET lifecycle = 'deleted' WHERE tenant_id = ? AND id = ?")
                    .params(tenant.toString(), id)
                    .update();
        });
    }

    public Listed search(TenantId tenant, List<String> experimentIds, Search search) {
        Page page =
                Page.by(Order.parse(search.orders().isEmpty() ? NEWEST : search.orders()), LoggedModels::field, "id");
        Clause where = Clause.where(Filter.parse(search.filter()), LoggedModels::field);
        Clause columns = page.columns();
        Clause after = page.after(search.token());
        List<Rows.Placed<LoggedModel>> rows = database.asTenant(
                tenant,
                sql -> sql.sql("SELECT * FROM (SELECT m.*" + columns.text() + """
                         FROM studio.logged_model m
                         WHERE m.tenant_id = ? AND m.experiment_id = ANY (?) AND m.lifecycle = 'active'
                        """ + where.text() + ") page WHERE true"
                                + after.text() + " ORDER BY " + page.order() + " LIMIT ?")
                        .params(columns.bound())
                        .param(tenant.toString())
                        .param(experimentIds.toArray(String[]::new))
                        .params(where.bound())
                        .params(after.bound())
                        .param(search.max() + 1)
                        .query((row, _) -> Rows.placed(row, page, model(row)))
                        .list());
        return new Listed(Rows.shown(rows, search.max()), Rows.next(page, rows, search.max()));
    }

    /// Says which models a run made.
    public void outputs(TenantId tenant, String run, Map<String, Long> steps) {
        database.asTenant(tenant, sql -> {
            steps.forEach((model, step) ->
                    sql.sql("""
                            INSERT INTO studio.run_output (tenant_id, run_id, model_id, step) VALUES (?, ?, ?, ?)
                            ON CONFLICT (tenant_id, run_id, model_id) DO UPDATE SET step = excluded.step
                            """).params(tenant.toString(), run, model, step).update());
            return true;
        });
    }

    /// Models that a run made, with the step of each.
    public Map<String, Long> outputs(TenantId tenant, String run) {
        return database.asTenant(
                tenant,
                sql -> sql
                        .sql("SELECT model_id, step FROM studio.run_output WHERE tenant_id = ? AND run_id = ?")
                        .params(tenant.toString(), run)
                        .query((row, _) -> Map.entry(row.getString("model_id"), row.getLong("step")))
                        .list()
                        .stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    private static Expression field(Field field) {
        Expression known = ATTRIBUTES.get(field.key());
        return switch (field.entity()) {
            case TAG -> Expression.keyed("(m.tags ->> ?)", field.key(), Kind.TEXT);
            case PARAM -> Expression.keyed("(m.params ->> ?)", field.key(), Kind.TEXT);
            case ATTRIBUTE -> {
                if (known == null) {
                    throw Vocabulary.unknown(field, ATTRIBUTES.keySet());
                }
                yield known;
            }
            case METRIC, DATASET -> throw Vocabulary.unknown(field, ATTRIBUTES.keySet());
        };
    }

    private static LoggedModel model(ResultSet row) throws SQLException {
        return new LoggedModel(
                row.getString("id"),
                row.getString("experiment_id"),
                row.getString("name"),
                row.getString("model_type"),
                row.getString("source_run_id"),
                LoggedModel.Status.valueOf(row.getString("status")),
                row.getString("artifact_uri"),
                Rows.texts(row, "tags"),
                Rows.texts(row, "params"),
                row.getLong("created_millis"),
                row.getLong("updated_millis"));
    }
}
