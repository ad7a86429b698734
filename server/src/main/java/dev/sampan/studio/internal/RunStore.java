package dev.sampan.studio.internal;

import dev.sampan.database.Columns;
import dev.sampan.database.Database;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.studio.Run;
import dev.sampan.studio.StageName;
import dev.sampan.studio.tracking.OwnRuns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;

/// Rows of runs, their stages and epochs.
final class RunStore {
    private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};

    private final Database database;
    private final OwnRuns tracked;

    /// @param tracked hears of everything within the same transaction
    RunStore(Database database, OwnRuns tracked) {
        this.database = database;
        this.tracked = tracked;
    }

    /// What a run was launched with.
    record Launched(Ulid run, TenantId tenant, ActorId by, Map<String, Object> spec, String folder) {}

    /// A run with its stages, all waiting, and the job that will walk it: all or nothing.
    void insert(Launched launched, String name, Instant at, Supplier<Ulid> job) {
        database.asTenant(launched.tenant(), sql -> {
            sql.sql("""
                            INSERT INTO studio.run
                                (tenant_id, id, name, spec, folder, launched_by, job_id, state, created_at)
                            VALUES (?, ?, ?, ?::jsonb, ?, ?, ?, 'WAITING', ?)
                            """)
                    .params(
                            launched.tenant().toString(),
                            launched.run().toString(),
                            name,
                            Json.write(launched.spec()),
                            launched.folder(),
                            launched.by().toString(),
                            job.get().toString(),
                            Columns.utc(at))
                    .update();
            for (StageName stage : StageName.values()) {
                sql.sql("INSERT INTO studio.stage (tenant_id, run_id, ordinal, name, state) VALUES (?, ?, ?, ?, ?)")
                        .params(
                                launched.tenant().toString(),
                                launched.run().toString(),
                                stage.ordinal(),
                                stage.name(),
                                Run.State.WAITING.name())
                        .update();
            }
            tracked.launched(launched.tenant(), launched.run(), launch(name, launched.spec()), launched.by());
            return true;
        });
    }

    void trial(TenantId tenant, Ulid run, OwnRuns.Tried tried, ActorId by) {
        database.asTenant(tenant, _ -> {
            tracked.trial(tenant, run, tried, by);
            return true;
        });
    }

    private static OwnRuns.Launch launch(String name, Map<String, Object> spec) {
        Map<String, String> tags = new HashMap<>();
        String experiment = name;
        if (spec.get("track") instanceof Map<?, ?> track) {
            experiment = Objects.toString(track.get("experiment"), name);
            if (track.get("tags") instanceof Map<?, ?> given) {
                given.forEach((key, value) -> tags.put(String.valueOf(key), String.valueOf(value)));
            }
        }
        return new OwnRuns.Launch(name, experiment, tags, spec);
    }

    Launched launched(TenantId tenant, Ulid run) {
        return database.asTenant(
                tenant,
                sql -> sql.sql("SELECT * FROM studio.run WHERE tenant_id = ? AND id = ?")
                        .params(tenant.toString(), run.toString())
                        .query((row, _) -> new Launched(
                                run,
                                tenant,
                                new ActorId(Ulid.parse(row.getString("launched_by"))),
                                Json.MAPPER.readValue(row.getString("spec"), TREE),
                                row.getString("folder")))
                        .single());
    }

    /// @param problem why it failed, else null
    void runIs(TenantId tenant, Ulid run, Run.State state, @Nullable Problem problem, @Nullable Instant finished) {
        database.asTenant(tenant, sql -> {
            tracked.state(tenant, run, state.name());
            return sql.sql("""
                        UPDATE studio.run SET state = ?, problem = ?::jsonb, finished_at = ?
                        WHERE tenant_id = ? AND id = ?
                        """)
                    .param(state.name())
                    .param(problem == null ? null : Json.write(problem))
                    .param(finished == null ? null : Columns.utc(finished))
                    .param(tenant.toString())
                    .param(run.toString())
                    .update();
        });
    }

    void stageIs(TenantId tenant, Ulid run, Run.StageState stage) {
        database.asTenant(tenant, sql -> {
            if (stage.state() == Run.State.SUCCEEDED) {
                tracked.stage(tenant, run, stage.name().name(), stage.figures());
            }
            return sql.sql("""
                        UPDATE studio.stage
                        SET state = ?, done = ?, total = ?, note = ?, cached = ?, took_millis = ?, figures = ?::jsonb
                        WHERE tenant_id = ? AND run_id = ? AND ordinal = ?
                        """)
                    .param(stage.state().name())
                    .param(stage.done())
                    .param(stage.total())
                    .param(stage.note())
                    .param(stage.cached())
                    .param(stage.took() == null ? null : stage.took().toMillis())
                    .param(Json.write(stage.figures()))
                    .param(tenant.toString())
                    .param(run.toString())
                    .param(stage.name().ordinal())
                    .update();
        });
    }

    void epoch(TenantId tenant, Ulid run, int epoch, Map<String, Object> figures) {
        database.asTenant(tenant, sql -> {
            tracked.epoch(tenant, run, epoch, figures);
            return sql.sql("""
                        INSERT INTO studio.epoch (tenant_id, run_id, epoch, figures) VALUES (?, ?, ?, ?::jsonb)
                        ON CONFLICT (run_id, epoch) DO UPDATE SET figures = excluded.figures
                        """)
                    .params(tenant.toString(), run.toString(), epoch, Json.write(figures))
                    .update();
        });
    }

    List<Map<String, Object>> epochs(TenantId tenant, Ulid run) {
        return database.asTenant(
                tenant,
                sql -> sql.sql("""
                        SELECT figures FROM studio.epoch WHERE tenant_id = ? AND run_id = ? ORDER BY epoch
                        """)
                        .params(tenant.toString(), run.toString())
                        .query((row, _) -> Json.MAPPER.readValue(row.getString("figures"), TREE))
                        .list());
    }

    Optional<Ulid> job(TenantId tenant, Ulid run) {
        return database.asTenant(
                tenant,
                sql -> sql.sql("SELECT job_id FROM studio.run WHERE tenant_id = ? AND id = ?")
                        .params(tenant.toString(), run.toString())
                        .query(String.class)
                        .optional()
                        .map(Ulid::parse));
    }

    Optional<Run> run(TenantId tenant, Ulid run) {
        return database.asTenant(
                tenant,
                sql -> sql.sql("SELECT * FROM studio.run WHERE tenant_id = ? AND id = ?")
                        .params(tenant.toString(), run.toString())
                        .query((row, _) -> read(sql, row))
                        .optional());
    }

    List<Run> latest(TenantId tenant, int limit) {
        return database.asTenant(
                tenant,
                sql -> sql.sql("""
                        SELECT * FROM studio.run WHERE tenant_id = ? ORDER BY id DESC LIMIT ?
                        """)
                        .params(tenant.toString(), limit)
                        .query((row, _) -> read(sql, row))
                        .list());
    }

    private static Run read(JdbcClient sql, ResultSet row) throws SQLException {
        String problem = row.getString("problem");
        return new Run(
                Ulid.parse(row.getString("id")),
                TenantId.parse(row.getString("tenant_id")),
                row.getString("name"),
                Run.State.valueOf(row.getString("state")),
                stages(sql, row.getString("tenant_id"), row.getString("id")),
                problem == null ? null : Json.read(problem, Problem.class),
                Columns.instant(row, "created_at"),
                Columns.instantOrNull(row, "finished_at"));
    }

    private static List<Run.StageState> stages(JdbcClient sql, String tenant, String run) {
        return sql.sql("SELECT * FROM studio.stage WHERE tenant_id = ? AND run_id = ? ORDER BY ordinal")
                .params(tenant, run)
                .query((row, _) -> new Run.StageState(
                        StageName.valueOf(row.getString("name")),
                        Run.State.valueOf(row.getString("state")),
                        row.getLong("done"),
                        row.getLong("total"),
                        row.getString("note"),
                        row.getBoolean("cached"),
                        row.getObject("took_millis") == null ? null : Duration.ofMillis(row.getLong("took_millis")),
                        Json.MAPPER.readValue(row.getString("figures"), TREE)))
                .list();
    }
}
