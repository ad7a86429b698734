package dev.sampan.studio.tracking;

import dev.sampan.database.Database;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.studio.tracking.TrackedRun.Status;
import dev.sampan.studio.tracking.query.Clause;
import dev.sampan.studio.tracking.query.Filter;
import dev.sampan.studio.tracking.query.Order;
import dev.sampan.studio.tracking.query.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Runs: begun, looked at, searched, ended, put away.
public final class Runs {
    /// Tag that keeps a run's name for clients that know no other place.
    static final String NAME_TAG = "mlflow.runName";

    private static final List<String> NEWEST = List.of("start_time DESC");
    private static final int NAME_LETTERS = 500;

    private final Database database;
    private final Experiments experiments;
    private final RunFigures figures;
    private final InstantSource clock;

    Runs(Database database, Experiments experiments, RunFigures figures, InstantSource clock) {
        this.database = database;
        this.experiments = experiments;
        this.figures = figures;
        this.clock = clock;
    }

    /// What a client says of a run that begins.
    ///
    /// @param id null for a fresh one
    /// @param name empty for one of ours
    /// @param startMillis null for now
    public record Begin(
            @Nullable String id,
            String experiment,
            String name,
            String user,
            @Nullable Long startMillis,
            Map<String, String> tags) {
        public Begin {
            tags = Map.copyOf(tags);
        }
    }

    public TrackedRun.Whole begin(TenantId tenant, Begin begin, ActorId by) {
        String id = begin.id() == null ? Ulid.next().toString() : begin.id();
        Map<String, String> tags = new HashMap<>(begin.tags());
        String given = begin.name().isEmpty() ? tags.getOrDefault(NAME_TAG, "") : begin.name();
        String name = given.isEmpty() ? RunNames.of(id.hashCode()) : given;
        Limits.within("the run's name", name, NAME_LETTERS);
        tags.put(NAME_TAG, name);
        Limits.tags(tags, Limits.TAG);
        database.asTenant(tenant, sql -> {
            String root = experiments.active(tenant, begin.experiment()).artifacts();
            sql.sql("""
                            INSERT INTO studio.tracked_run
                                (tenant_id, id, experiment_id, name, user_id, status, start_millis, artifact_uri,
                                 created_by)
                            VALUES (?, ?, ?, ?, ?, 'RUNNING', ?, ?, ?)
                            """)
                    .params(
                            tenant.toString(),
                            id,
                            begin.experiment(),
                            name,
                            begin.user(),
                            begin.startMillis() == null ? (Long) clock.millis() : begin.startMillis(),
                            root + "/" + id + "/artifacts",
                            by.toString())
                    .update();
            figures.tags(sql, tenant, id, tags);
            return id;
        });
        return run(tenant, id);
    }

    /// @throws ProblemException `tracking.run.not_found`
    public TrackedRun.Whole run(TenantId tenant, String id) {
        return database.asTenant(tenant, sql -> {
            TrackedRun run = info(tenant, id);
            return new TrackedRun.Whole(
                    run, figures.of(sql, tenant, List.of(run)).getFirst());
        });
    }

    /// @throws ProblemException `tracking.run.not_found`
    public TrackedRun info(TenantId tenant, String id) {
        return database.asTenant(
                tenant,
                sql -> sql.sql("SELECT * FROM studio.tracked_run WHERE tenant_id = ? AND id = ?")
                        .params(tenant.toString(), id)
                        .query((row, _) -> run(row))
                        .optional()
                        .orElseThrow(() -> new ProblemException(
                                Problem.of("tracking.run.not_found", "There is no run with id '" + id + "'"))));
    }

    boolean known(TenantId tenant, String id) {
        return database.asTenant(
                tenant,
                sql -> sql.sql("SELECT true FROM studio.tracked_run WHERE tenant_id = ? AND id = ?")
                        .params(tenant.toString(), id)
                        .query(Boolean.class)
                        .optional()
                        .orElse(false));
    }

    /// @throws ProblemException `tracking.run.not_found`, `tracking.run_deleted`
    TrackedRun active(TenantId tenant, String id) {
        TrackedRun run = info(tenant, id);
        if (run.lifecycle() == Lifecycle.DELETED) {
            throw new ProblemException(Problem.of("tracking.run_deleted", "Run '" + id + "' is deleted")
                    .remedy("Restore it before logging to it"));
        }
        return run;
    }

    /// Of the experiments named; none for no experiment.
    public TrackedRun.Listed search(TenantId tenant, List<String> experimentIds, Search search) {
        Page page = Page.by(Order.parse(search.orders().isEmpty() ? NEWEST : search.orders()), RunWords::of, "id");
        Clause where = Clause.where(Filter.parse(search.filter()), RunWords::of);
        Clause columns = page.columns();
        Clause after = page.after(search.token());
        return database.asTenant(tenant, sql -> {
            var rows = sql.sql("SELECT * FROM (SELECT r.*" + columns.text() + """
                             FROM studio.tracked_run r
                             WHERE r.tenant_id = ? AND r.experiment_id = ANY (?) AND r.lifecycle = ANY (?)
                            """ + where.text()
                            + ") page WHERE true" + after.text() + " ORDER BY " + page.order() + " LIMIT ?")
                    .params(columns.bound())
                    .param(tenant.toString())
                    .param(experimentIds.toArray(String[]::new))
                    .param(search.view().texts())
                    .params(where.bound())
                    .params(after.bound())
                    .param(search.max() + 1)
                    .query((row, _) -> Rows.placed(row, page, run(row)))
                    .list();
            List<TrackedRun> shown = Rows.shown(rows, search.max());
            List<TrackedRun.Data> data = figures.of(sql, tenant, shown);
            List<TrackedRun.Whole> whole = new ArrayList<>();
            for (int i = 0; i < shown.size(); i++) {
                whole.add(new TrackedRun.Whole(shown.get(i), data.get(i)));
            }
            return new TrackedRun.Listed(whole, Rows.next(page, rows, search.max()));
        });
    }

    /// What changes of a run; null for what does not.
    public record Change(
            @Nullable Status status,
            @Nullable Long endMillis,
            @Nullable String name) {}

    public TrackedRun update(TenantId tenant, String id, Change change) {
        return database.asTenant(tenant, sql -> {
            active(tenant, id);
            sql.sql("""
                            UPDATE studio.tracked_run
                            SET status = coalesce(?, status), name = coalesce(?, name),
                                end_millis = coalesce(?, end_millis)
                            WHERE tenant_id = ? AND id = ?
                            """)
                    .param(change.status() == null ? null : change.status().name())
                    .param(change.name() == null || change.name().isEmpty() ? null : change.name())
                    .param(change.endMillis())
                    .param(tenant.toString())
                    .param(id)
                    .update();
            if (change.name() != null && !change.name().isEmpty()) {
                Limits.within("the run's name", change.name(), NAME_LETTERS);
                figures.tags(sql, tenant, id, Map.of(NAME_TAG, change.name()));
            }
            return info(tenant, id);
        });
    }

    /// Of a run whose state another keeps: written whether the run was put away or not, and when there is none of
    /// this id, nothing.
    void state(TenantId tenant, String id, Status status, @Nullable Long endMillis) {
        database.asTenant(
                tenant,
                sql -> sql.sql("""
                        UPDATE studio.tracked_run SET status = ?, end_millis = ? WHERE tenant_id = ? AND id = ?
                        """)
                        .param(status.name())
                        .param(endMillis)
                        .param(tenant.toString())
                        .param(id)
                        .update());
    }

    public void delete(TenantId tenant, String id) {
        move(tenant, id, Lifecycle.DELETED);
    }

    /// @throws ProblemException `tracking.experiment_deleted`
    public void restore(TenantId tenant, String id) {
        experiments.active(tenant, info(tenant, id).experiment());
        move(tenant, id, Lifecycle.ACTIVE);
    }

    private void move(TenantId tenant, String id, Lifecycle to) {
        database.asTenant(tenant, sql -> {
            info(tenant, id);
            return sql.sql("UPDATE studio.tracked_run SET lifecycle = ? WHERE tenant_id = ? AND id = ?")
                    .params(to.text(), tenant.toString(), id)
                    .update();
        });
    }

    private static TrackedRun run(ResultSet row) throws SQLException {
        return new TrackedRun(
                row.getString("id"),
                row.getString("experiment_id"),
                row.getString("name"),
                row.getString("user_id"),
                Status.valueOf(row.getString("status")),
                Lifecycle.of(row.getString("lifecycle")),
                row.getLong("start_millis"),
                Rows.longOrNull(row, "end_millis"),
                row.getString("artifact_uri"));
    }
}
