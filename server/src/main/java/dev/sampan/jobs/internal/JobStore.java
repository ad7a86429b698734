package dev.sampan.jobs.internal;

import dev.sampan.database.Columns;
import dev.sampan.database.Database;
import dev.sampan.jobs.Job;
import dev.sampan.jobs.Job.State;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Rows of jobs. Every move of a job's state is one guarded UPDATE here:
///
/// ```
/// WAITING ─claim─► RUNNING ─end─► SUCCEEDED | FAILED | CANCELLED
///    ▲                │
///    └── putBack ─────┘            WAITING ─cancel─► CANCELLED
/// ```
final class JobStore {
    private final Database database;
    private final InstantSource clock;

    JobStore(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    void insert(TenantId tenant, Ulid id, String kind, String input) {
        database.asTenant(
                tenant,
                sql -> sql.sql("""
                        INSERT INTO jobs.job (tenant_id, id, kind, input, state, not_before, created_at)
                        VALUES (?, ?, ?, ?::jsonb, 'WAITING', ?, ?)
                        """)
                        .params(
                                tenant.toString(),
                                id.toString(),
                                kind,
                                input,
                                Columns.utc(clock.instant()),
                                Columns.utc(clock.instant()))
                        .update());
    }

    /// The oldest job that waits, or whose node let its lease run out; now leased to this node.
    Optional<Job> claim(String node, Duration lease) {
        OffsetDateTime now = Columns.utc(clock.instant());
        return database.asPlatform(sql -> sql.sql("""
                        UPDATE jobs.job
                        SET state = 'RUNNING', node = ?, lease_until = ?, attempts = attempts + 1,
                            started_at = coalesce(started_at, ?)
                        WHERE id = (SELECT id FROM jobs.job
                                    WHERE state = 'WAITING' AND not_before <= ?
                                       OR state = 'RUNNING' AND lease_until < ?
                                    ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
                        RETURNING *
                        """)
                .params(node, now.plus(lease), now, now, now)
                .query(JobStore::job)
                .optional());
    }

    /// What this node ran when it died waits again at once.
    int releaseAllOf(String node) {
        return database.asPlatform(sql -> sql.sql("""
                        UPDATE jobs.job SET state = 'WAITING', node = NULL, lease_until = NULL
                        WHERE state = 'RUNNING' AND node = ?
                        """).param(node).update());
    }

    /// Extends the leases of what this node really works on and tells which of these somebody wants to end. A row that
    /// says RUNNING here without anybody at work is left to run out.
    List<Ulid> heartbeat(String node, Set<Ulid> working, Duration lease) {
        String[] ids = working.stream().map(Ulid::toString).toArray(String[]::new);
        return database.asPlatform(sql -> sql
                .sql("""
                        UPDATE jobs.job SET lease_until = ?
                        WHERE state = 'RUNNING' AND node = ? AND id = ANY (?::text[])
                        RETURNING CASE WHEN cancel_requested THEN id END
                        """)
                .param(Columns.utc(clock.instant().plus(lease)))
                .param(node)
                .param(ids)
                .query((row, _) -> Optional.ofNullable(row.getString(1)).map(Ulid::parse))
                .list()
                .stream()
                .flatMap(Optional::stream)
                .toList());
    }

    void progress(Job job, String node, String step, long done, long total, String note) {
        database.asTenant(
                job.tenant(),
                sql -> sql.sql("""
                        UPDATE jobs.job SET step = ?, done = ?, total = ?, note = ?
                        WHERE id = ? AND state = 'RUNNING' AND node = ?
                        """)
                        .params(step, done, total, note, job.id().toString(), node)
                        .update());
    }

    void end(Job job, String node, State state, @Nullable Problem problem) {
        database.asTenant(
                job.tenant(),
                sql -> sql.sql("""
                        UPDATE jobs.job
                        SET state = ?, problem = ?::jsonb, finished_at = ?, node = NULL, lease_until = NULL
                        WHERE id = ? AND state = 'RUNNING' AND node = ?
                        """)
                        .param(state.name())
                        .param(problem == null ? null : Json.write(problem))
                        .param(Columns.utc(clock.instant()))
                        .param(job.id().toString())
                        .param(node)
                        .update());
    }

    /// The work could not be done now; it was nobody's fault.
    void putBack(Job job, String node, Instant notBefore, boolean countAttempt) {
        database.asTenant(
                job.tenant(),
                sql -> sql.sql("""
                        UPDATE jobs.job
                        SET state = 'WAITING', node = NULL, lease_until = NULL, not_before = ?, attempts = attempts - ?
                        WHERE id = ? AND state = 'RUNNING' AND node = ?
                        """)
                        .params(
                                Columns.utc(notBefore),
                                countAttempt ? 0 : 1,
                                job.id().toString(),
                                node)
                        .update());
    }

    void cancel(TenantId tenant, Ulid id) {
        database.asTenant(
                tenant,
                sql -> sql.sql("""
                        UPDATE jobs.job
                        SET cancel_requested = true,
                            state = CASE state WHEN 'WAITING' THEN 'CANCELLED' ELSE state END,
                            finished_at = CASE state WHEN 'WAITING' THEN ?::timestamptz ELSE finished_at END
                        WHERE tenant_id = ? AND id = ? AND state IN ('WAITING', 'RUNNING')
                        """)
                        .params(Columns.utc(clock.instant()), tenant.toString(), id.toString())
                        .update());
    }

    Optional<Job> job(TenantId tenant, Ulid id) {
        return database.asTenant(
                tenant,
                sql -> sql.sql("SELECT * FROM jobs.job WHERE tenant_id = ? AND id = ?")
                        .params(tenant.toString(), id.toString())
                        .query(JobStore::job)
                        .optional());
    }

    List<Job> latest(TenantId tenant, int limit) {
        return database.asTenant(
                tenant,
                sql -> sql.sql("""
                        SELECT * FROM jobs.job WHERE tenant_id = ? ORDER BY id DESC LIMIT ?
                        """)
                        .params(tenant.toString(), limit)
                        .query(JobStore::job)
                        .list());
    }

    private static Job job(ResultSet row, int number) throws SQLException {
        String problem = row.getString("problem");
        return new Job(
                Ulid.parse(row.getString("id")),
                TenantId.parse(row.getString("tenant_id")),
                row.getString("kind"),
                row.getString("input"),
                State.valueOf(row.getString("state")),
                row.getString("step"),
                row.getLong("done"),
                row.getLong("total"),
                row.getString("note"),
                row.getInt("attempts"),
                row.getBoolean("cancel_requested"),
                problem == null ? null : Json.read(problem, Problem.class),
                Columns.instant(row, "created_at"),
                Columns.instantOrNull(row, "started_at"),
                Columns.instantOrNull(row, "finished_at"));
    }
}
