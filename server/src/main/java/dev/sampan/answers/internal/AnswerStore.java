package dev.sampan.answers.internal;

import dev.sampan.database.Columns;
import dev.sampan.database.Database;
import dev.sampan.gateway.Once.Answered;
import dev.sampan.gateway.Once.Ask;
import dev.sampan.gateway.Once.Found;
import dev.sampan.gateway.Once.Fresh;
import dev.sampan.gateway.Once.Kept;
import dev.sampan.gateway.Once.Refused;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Rows of keys and answers. `RUNNING` → `KEPT` (its answer is there) | `GONE` (charged, no answer to repeat) |
/// `LOST` (charged, its process died) | no row; `LOST` → `RUNNING`, once more and paid.
final class AnswerStore {
    private static final Duration KEPT = Duration.ofHours(25);

    private static final String CLAIM = """
            insert into answers.answer
                (tenant_id, key, request_id, body_hash, state, paid, node, created_at)
            values (?, ?, ?, ?, 'RUNNING', false, ?, ?)
            on conflict (tenant_id, key) do nothing
            """;

    private static final String CLAIM_AGAIN = """
            update answers.answer set request_id = ?, body_hash = ?, state = 'RUNNING', paid = ?, node = ?,
                created_at = ?, type = null, body = null, charge = null
            where tenant_id = ? and key = ?
            """;

    private final Database database;
    private final Ulid node;
    private final InstantSource clock;

    AnswerStore(Database database, Ulid node, InstantSource clock) {
        this.database = database;
        this.node = node;
        this.clock = clock;
    }

    private record Row(String bodyHash, String state, Instant createdAt, Answered answer) {}

    Found begin(Ask ask) {
        return database.asTenant(ask.tenant(), tx -> {
            int claimed = tx.sql(CLAIM)
                    .param(ask.tenant().toString())
                    .param(ask.key())
                    .param(ask.requestId().toString())
                    .param(ask.body().hex())
                    .param(node.toString())
                    .param(Columns.utc(clock.instant()))
                    .update();
            return claimed == 1 ? new Fresh(false) : before(tx, ask);
        });
    }

    private Found before(JdbcClient tx, Ask ask) {
        Row row = tx.sql("select * from answers.answer where tenant_id = ? and key = ? for update")
                .param(ask.tenant().toString())
                .param(ask.key())
                .query((found, _) -> new Row(
                        found.getString("body_hash"),
                        found.getString("state"),
                        Columns.instant(found, "created_at"),
                        found.getBytes("body") == null
                                ? Answered.NONE
                                : new Answered(
                                        found.getString("type"), found.getBytes("body"), found.getString("charge"))))
                .optional()
                .orElse(null);
        if (row == null) {
            return Refused.RUNNING; // it has gone this moment; whoever asks again finds the key free
        }
        if (row.createdAt.isBefore(clock.instant().minus(KEPT))) {
            claimAgain(tx, ask, false);
            return new Fresh(false);
        }
        if (!row.bodyHash.equals(ask.body().hex())) {
            return Refused.MISMATCH;
        }
        return switch (row.state) {
            case "KEPT" -> new Kept(row.answer);
            case "GONE" -> Refused.NOT_KEPT;
            case "LOST" -> {
                claimAgain(tx, ask, true);
                yield new Fresh(true);
            }
            default -> Refused.RUNNING;
        };
    }

    private void claimAgain(JdbcClient tx, Ask ask, boolean paid) {
        tx.sql(CLAIM_AGAIN)
                .param(ask.requestId().toString())
                .param(ask.body().hex())
                .param(paid)
                .param(node.toString())
                .param(Columns.utc(clock.instant()))
                .param(ask.tenant().toString())
                .param(ask.key())
                .update();
    }

    void keep(Ask ask, Answered answer) {
        boolean none = answer == Answered.NONE;
        database.asTenant(
                ask.tenant(),
                tx -> tx.sql("""
                                update answers.answer set state = ?, type = ?, body = ?, charge = ?
                                where tenant_id = ? and key = ? and request_id = ?
                                """)
                        .param(none ? "GONE" : "KEPT")
                        .param(none ? null : answer.type())
                        .param(none ? null : answer.body())
                        .param(none ? null : answer.charge())
                        .param(ask.tenant().toString())
                        .param(ask.key())
                        .param(ask.requestId().toString())
                        .update());
    }

    void free(Ask ask) {
        database.asTenant(ask.tenant(), tx -> end(tx, ask.tenant().toString(), ask.key(), ask.requestId(), false));
    }

    /// Of a call that does not run any more: the key is free, unless it is paid for.
    private static int end(JdbcClient tx, String tenant, String key, Ulid request, boolean charged) {
        int lost = tx.sql("""
                        update answers.answer set state = 'LOST', paid = true
                        where tenant_id = ? and key = ? and request_id = ? and state = 'RUNNING' and (paid or ?)
                        """)
                .param(tenant)
                .param(key)
                .param(request.toString())
                .param(charged)
                .update();
        return lost == 1
                ? lost
                : tx.sql("""
                                delete from answers.answer
                                where tenant_id = ? and key = ? and request_id = ? and state = 'RUNNING'
                                """).param(tenant).param(key).param(request.toString()).update();
    }

    /// A call that was running here when the process died.
    record Orphan(String tenant, String key, Ulid requestId) {}

    List<Orphan> orphans() {
        return database.asPlatform(tx -> tx.sql("""
                        select tenant_id, key, request_id from answers.answer where node = ? and state = 'RUNNING'
                        """)
                .param(node.toString())
                .query((row, _) -> new Orphan(
                        row.getString("tenant_id"), row.getString("key"), Ulid.parse(row.getString("request_id"))))
                .list());
    }

    void settle(Orphan orphan, boolean charged) {
        database.asPlatform(tx -> end(tx, orphan.tenant, orphan.key, orphan.requestId, charged));
    }

    /// Forgets what is older than a day.
    ///
    /// @return how much is kept of each customer, in bytes, with some for each row
    Map<TenantId, Long> sweep() {
        return database.asPlatform(tx -> {
            tx.sql("delete from answers.answer where created_at < ?")
                    .param(Columns.utc(clock.instant().minus(KEPT)))
                    .update();
            Map<TenantId, Long> sizes = new HashMap<>();
            tx.sql("""
                            select tenant_id, sum(500 + coalesce(octet_length(body), 0)) as bytes
                            from answers.answer group by tenant_id
                            """).query(row -> {
                sizes.put(TenantId.parse(row.getString("tenant_id")), row.getLong("bytes"));
            });
            return sizes;
        });
    }
}
