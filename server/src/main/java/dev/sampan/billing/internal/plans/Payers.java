package dev.sampan.billing.internal.plans;

import dev.sampan.billing.Plans.Payer;
import dev.sampan.database.Columns;
import dev.sampan.kernel.TenantId;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Rows of payers.
final class Payers {
    private static final String SET = """
            insert into billing.payer (tenant_id, zone, region) values (?, ?, ?)
            on conflict (tenant_id) do update set zone = excluded.zone, region = excluded.region
            """;

    private Payers() {}

    /// @param home zone of customers who have none of their own
    static Payer of(JdbcClient tx, TenantId customer, ZoneId home) {
        return tx.sql("select * from billing.payer where tenant_id = ?")
                .param(customer.toString())
                .query((row, _) -> new Payer(
                        customer,
                        ZoneId.of(row.getString("zone")),
                        row.getString("region"),
                        row.getString("parked_reason"),
                        Columns.instantOrNull(row, "released_at"),
                        Columns.instantOrNull(row, "suspended_at")))
                .optional()
                .orElse(new Payer(customer, home, null, null, null, null));
    }

    static void set(JdbcClient tx, TenantId customer, ZoneId zone, @Nullable String region) {
        tx.sql(SET).param(customer.toString()).param(zone.getId()).param(region).update();
    }

    static void park(JdbcClient tx, Payer payer, String reason) {
        set(tx, payer.tenant(), payer.zone(), payer.region());
        tx.sql("update billing.payer set parked_reason = ? where tenant_id = ?")
                .param(reason)
                .param(payer.tenant().toString())
                .update();
    }

    static void release(JdbcClient tx, TenantId customer, Instant now) {
        tx.sql("update billing.payer set parked_reason = null, released_at = ? where tenant_id = ?")
                .param(Columns.utc(now))
                .param(customer.toString())
                .update();
    }

    static void suspend(JdbcClient tx, Payer payer, @Nullable Instant at) {
        set(tx, payer.tenant(), payer.zone(), payer.region());
        tx.sql("update billing.payer set suspended_at = ? where tenant_id = ?")
                .param(at == null ? null : Columns.utc(at))
                .param(payer.tenant().toString())
                .update();
    }

    static List<String> suspended(JdbcClient tx) {
        return tx.sql("select tenant_id from billing.payer where suspended_at is not null")
                .query(String.class)
                .list();
    }
}
