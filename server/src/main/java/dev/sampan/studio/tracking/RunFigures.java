package dev.sampan.studio.tracking;

import dev.sampan.database.Database;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Metrics, parameters, tags and inputs of runs. A batch is one transaction; runs of a page are filled by one query
/// for each kind, never by one for each run.
public final class RunFigures {
    private final Database database;

    RunFigures(Database database) {
        this.database = database;
    }

    /// Within a transaction of the tenant.
    List<TrackedRun.Data> of(JdbcClient sql, TenantId tenant, List<TrackedRun> runs) {
        String[] ids = runs.stream().map(TrackedRun::id).toArray(String[]::new);
        Map<String, List<Metric>> metrics = new HashMap<>();
        sql.sql("SELECT * FROM studio.run_metric_latest WHERE tenant_id = ? AND run_id = ANY (?)")
                .param(tenant.toString())
                .param(ids)
                .query(row -> {
                    metrics.computeIfAbsent(row.getString("run_id"), _ -> new ArrayList<>())
                            .add(metric(row));
                });
        Map<String, Map<String, String>> params = Rows.byRun(
                sql.sql("SELECT run_id, key, value FROM studio.run_param WHERE tenant_id = ? AND run_id = ANY (?)")
                        .param(tenant.toString())
                        .param(ids)
                        .query((row, _) -> Rows.entry(row))
                        .list());
        Map<String, Map<String, String>> tags = Rows.byRun(
                sql.sql("SELECT run_id, key, value FROM studio.run_tag WHERE tenant_id = ? AND run_id = ANY (?)")
                        .param(tenant.toString())
                        .param(ids)
                        .query((row, _) -> Rows.entry(row))
                        .list());
        Map<String, List<DatasetInput>> inputs = new HashMap<>();
        sql.sql("SELECT * FROM studio.run_input WHERE tenant_id = ? AND run_id = ANY (?) ORDER BY name, digest")
                .param(tenant.toString())
                .param(ids)
                .query(row -> {
                    inputs.computeIfAbsent(row.getString("run_id"), _ -> new ArrayList<>())
                            .add(input(row));
                });
        return runs.stream()
                .map(run -> new TrackedRun.Data(
                        metrics.getOrDefault(run.id(), List.of()),
                        params.getOrDefault(run.id(), Map.of()),
                        tags.getOrDefault(run.id(), Map.of()),
                        inputs.getOrDefault(run.id(), List.of())))
                .toList();
    }

    /// Points in any order, also ones that were sent before: a client that heard no answer sends again.
    void metrics(JdbcClient sql, TenantId tenant, String run, List<Metric> metrics) {
        if (metrics.isEmpty()) {
            return;
        }
        String[] keys = metrics.stream().map(Metric::key).toArray(String[]::new);
        Long[] steps = metrics.stream().map(Metric::step).toArray(Long[]::new);
        Long[] times = metrics.stream().map(Metric::atMillis).toArray(Long[]::new);
        Double[] values = metrics.stream().map(Metric::value).toArray(Double[]::new);
        sql.sql("""
                        INSERT INTO studio.run_metric (tenant_id, run_id, key, step, at_millis, value)
                        SELECT ?, ?, key, step, at_millis, value
                        FROM unnest(?::text[], ?::bigint[], ?::bigint[], ?::float8[])
                             AS point (key, step, at_millis, value)
                        ORDER BY key, step, at_millis, value
                        ON CONFLICT DO NOTHING
                        """)
                .param(tenant.toString())
                .param(run)
                .param(keys)
                .param(steps)
                .param(times)
                .param(values)
                .update();
        // In the order of keys, so that two batches of one run never wait for each other in a circle.
        sql.sql("""
                        INSERT INTO studio.run_metric_latest AS known
                            (tenant_id, run_id, key, step, at_millis, value)
                        SELECT DISTINCT ON (key) ?, ?, key, step, at_millis, value
                        FROM unnest(?::text[], ?::bigint[], ?::bigint[], ?::float8[])
                             AS point (key, step, at_millis, value)
                        ORDER BY key, step DESC, at_millis DESC, value DESC
                        ON CONFLICT (tenant_id, run_id, key) DO UPDATE
                        SET step = excluded.step, at_millis = excluded.at_millis, value = excluded.value
                        WHERE (excluded.step, excluded.at_millis, excluded.value)
                              > (known.step, known.at_millis, known.value)
                        """)
                .param(tenant.toString())
                .param(run)
                .param(keys)
                .param(steps)
                .param(times)
                .param(values)
                .update();
    }

    /// A parameter is said once: saying it again is nothing, saying another is refused.
    ///
    /// @throws ProblemException `tracking.param_changed`
    void params(JdbcClient sql, TenantId tenant, String run, Map<String, String> params) {
        new TreeMap<>(params).forEach((key, value) -> {
            int fresh = sql.sql("""
                            INSERT INTO studio.run_param (tenant_id, run_id, key, value) VALUES (?, ?, ?, ?)
                            ON CONFLICT DO NOTHING
                            """).params(tenant.toString(), run, key, value).update();
            if (fresh == 0) {
                String known = sql.sql("""
                                SELECT value FROM studio.run_param WHERE tenant_id = ? AND run_id = ? AND key = ?
                                """)
                        .params(tenant.toString(), run, key)
                        .query(String.class)
                        .single();
                if (!known.equals(value)) {
                    throw new ProblemException(Problem.of(
                                    "tracking.param_changed",
                                    "Parameter '" + key + "' of run " + run + " is '" + known + "' already, not '"
                                            + value + "'")
                            .remedy("Begin another run, or log it under another name"));
                }
            }
        });
    }

    void tags(JdbcClient sql, TenantId tenant, String run, Map<String, String> tags) {
        new TreeMap<>(tags)
                .forEach((key, value) ->
                        sql.sql("""
                        INSERT INTO studio.run_tag (tenant_id, run_id, key, value) VALUES (?, ?, ?, ?)
                        ON CONFLICT (tenant_id, run_id, key) DO UPDATE SET value = excluded.value
                        """).params(tenant.toString(), run, key, value).update());
    }

    /// @return how many were there
    int dropTag(JdbcClient sql, TenantId tenant, String run, String key) {
        return sql.sql("DELETE FROM studio.run_tag WHERE tenant_id = ? AND run_id = ? AND key = ?")
                .params(tenant.toString(), run, key)
                .update();
    }

    void inputs(JdbcClient sql, TenantId tenant, String run, List<DatasetInput> inputs) {
        for (DatasetInput input : inputs) {
            sql.sql("""
                            INSERT INTO studio.run_input
                                (tenant_id, run_id, name, digest, source_type, source, schema, profile, tags)
                            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb)
                            ON CONFLICT (tenant_id, run_id, name, digest)
                            DO UPDATE SET tags = run_input.tags || excluded.tags
                            """)
                    .param(tenant.toString())
                    .param(run)
                    .param(input.name())
                    .param(input.digest())
                    .param(input.sourceType())
                    .param(input.source())
                    .param(input.schema())
                    .param(input.profile())
                    .param(Json.write(input.tags()))
                    .update();
        }
    }

    /// Points of one curve, oldest step first.
    ///
    /// @param after number of points to leave out
    public List<Metric> history(TenantId tenant, String run, String key, Window window) {
        return database.asTenant(
                tenant,
                sql -> sql.sql("""
                        SELECT key, step, at_millis, value FROM studio.run_metric
                        WHERE tenant_id = ? AND run_id = ? AND key = ? AND step BETWEEN ? AND ?
                        AND (step, at_millis, value) > (?, ?, ?)
                        ORDER BY step, at_millis, value LIMIT ?
                        """)
                        .params(tenant.toString(), run, key, window.from(), window.to())
                        .params(
                                window.after().step(),
                                window.after().atMillis(),
                                window.after().value(),
                                window.max())
                        .query((row, _) -> metric(row))
                        .list());
    }

    /// A part of a curve.
    ///
    /// @param from and `to` steps, both included
    /// @param after the point before the first
    public record Window(long from, long to, Metric after, int max) {
        private static final Metric BEFORE_ALL =
                new Metric("", Double.NEGATIVE_INFINITY, Long.MIN_VALUE, Long.MIN_VALUE);

        public static Window first(int max) {
            return new Window(Long.MIN_VALUE, Long.MAX_VALUE, BEFORE_ALL, max);
        }

        public static Window steps(long from, long to, int max) {
            return new Window(from, to, BEFORE_ALL, max);
        }

        public Window after(Metric last) {
            return new Window(from, to, last, max);
        }
    }

    private static Metric metric(ResultSet row) throws SQLException {
        return new Metric(row.getString("key"), row.getDouble("value"), row.getLong("at_millis"), row.getLong("step"));
    }

    private static DatasetInput input(ResultSet row) throws SQLException {
        return new DatasetInput(
                row.getString("name"),
                row.getString("digest"),
                row.getString("source_type"),
                row.getString("source"),
                row.getString("schema"),
                row.getString("profile"),
                Rows.texts(row, "tags"));
    }
}
