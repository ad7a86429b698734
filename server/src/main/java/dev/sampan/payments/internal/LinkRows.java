package dev.sampan.payments.internal;

import dev.sampan.database.Columns;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.payments.PaymentLink;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Rows of payment links.
///
/// @param address token → where it is opened
record LinkRows(Function<String, URI> address) {
    void add(JdbcClient tx, PaymentLink link, ActorId by) {
        tx.sql("""
                        insert into payments.link
                            (id, tenant_id, token, nanos, currency, created_at, created_by, expires_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .param(link.id().toString())
                .param(link.tenant().toString())
                .param(link.token())
                .param(link.amount().nanos())
                .param(link.amount().currency().getCurrencyCode())
                .param(Columns.utc(link.createdAt()))
                .param(by.toString())
                .param(Columns.utc(link.expiresAt()))
                .update();
    }

    Optional<PaymentLink> byToken(JdbcClient tx, String token) {
        return tx.sql("select * from payments.link where token = ?")
                .param(token)
                .query(this::read)
                .optional();
    }

    Optional<PaymentLink> byId(JdbcClient tx, Ulid id) {
        return tx.sql("select * from payments.link where id = ?")
                .param(id.toString())
                .query(this::read)
                .optional();
    }

    /// Until the transaction ends nobody else begins to pay it. The row itself is never changed, so nobody may
    /// lock it.
    static void lock(JdbcClient tx, Ulid id) {
        tx.sql("select pg_advisory_xact_lock(hashtextextended(?, 0))")
                .param("payments.link/" + id)
                .query((_, _) -> true)
                .single();
    }

    List<PaymentLink> of(JdbcClient tx, TenantId customer) {
        return tx.sql("select * from payments.link where tenant_id = ? order by id desc limit 200")
                .param(customer.toString())
                .query(this::read)
                .list();
    }

    private PaymentLink read(ResultSet row, int number) throws SQLException {
        String token = row.getString("token");
        return new PaymentLink(
                Ulid.parse(row.getString("id")),
                TenantId.parse(row.getString("tenant_id")),
                token,
                address.apply(token),
                PaymentRows.money(row, "nanos"),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "expires_at"));
    }
}
