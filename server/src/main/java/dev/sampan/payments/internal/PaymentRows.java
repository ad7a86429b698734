package dev.sampan.payments.internal;

import dev.sampan.database.Columns;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.Money;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.payments.Payment;
import dev.sampan.payments.Payment.Shown;
import dev.sampan.payments.Payment.State;
import dev.sampan.payments.internal.provider.PaymentProvider.Checkout;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Rows of payments.
final class PaymentRows {
    private PaymentRows() {}

    static void add(JdbcClient tx, Payment payment) {
        tx.sql("""
                        insert into payments.payment
                            (id, tenant_id, link_id, provider, nanos, currency, created_at, expires_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .param(payment.id().toString())
                .param(payment.tenant().toString())
                .param(payment.link().toString())
                .param(payment.provider())
                .param(payment.amount().nanos())
                .param(payment.amount().currency().getCurrencyCode())
                .param(Columns.utc(payment.createdAt()))
                .param(Columns.utc(payment.expiresAt()))
                .update();
    }

    static Optional<Payment> find(JdbcClient tx, String id) {
        return tx.sql("select * from payments.payment where id = ?")
                .param(id)
                .query(PaymentRows::read)
                .optional();
    }

    /// Until the transaction ends nobody else moves it.
    static Optional<Payment> lock(JdbcClient tx, String id) {
        return tx.sql("select * from payments.payment where id = ? for update")
                .param(id)
                .query(PaymentRows::read)
                .optional();
    }

    /// By the provider's id of the money.
    static Optional<Payment> lockPaid(JdbcClient tx, String provider, String paidAs) {
        return tx.sql("select * from payments.payment where provider = ? and paid_as = ? for update")
                .param(provider)
                .param(paidAs)
                .query(PaymentRows::read)
                .optional();
    }

    static List<Payment> ofLink(JdbcClient tx, Ulid link) {
        return tx.sql("select * from payments.payment where link_id = ? order by id desc")
                .param(link.toString())
                .query(PaymentRows::read)
                .list();
    }

    static List<Payment> recent(JdbcClient tx, int most) {
        return tx.sql("select * from payments.payment order by id desc limit ?")
                .param(most)
                .query(PaymentRows::read)
                .list();
    }

    /// Open ones whose provider has told nothing, each to one node: after a minute, then ever more rarely as they
    /// get older.
    static List<Payment> due(JdbcClient tx, Instant now, int most) {
        return tx.sql("""
                        update payments.payment set asked_at = ?
                        where id in (
                            select id from payments.payment
                            where state = 'open'
                              and coalesce(asked_at, created_at)
                                  < ? - greatest(interval '1 minute', (? - created_at) / 4)
                            order by created_at limit ? for update skip locked)
                        returning *
                        """)
                .param(Columns.utc(now))
                .param(Columns.utc(now))
                .param(Columns.utc(now))
                .param(most)
                .query(PaymentRows::read)
                .list();
    }

    /// Whether it may be asked now: whoever has a link can want it, but not more often than this.
    static boolean claim(JdbcClient tx, Ulid id, Instant now, Duration pause) {
        return tx.sql("""
                        update payments.payment set asked_at = ?
                        where id = ? and state <> 'paid' and (asked_at is null or asked_at < ?)
                        """)
                        .param(Columns.utc(now))
                        .param(id.toString())
                        .param(Columns.utc(now.minus(pause)))
                        .update()
                == 1;
    }

    static void show(JdbcClient tx, Ulid id, Checkout checkout) {
        Shown shown = new Shown(
                checkout.qr(), checkout.page() == null ? null : checkout.page().toString(), checkout.lines());
        tx.sql("update payments.payment set checkout = ?::jsonb, reference = ? where id = ?")
                .param(Json.write(shown))
                .param(checkout.reference())
                .param(id.toString())
                .update();
    }

    /// Only an open one ends; a paid one stays paid.
    ///
    /// @return whether it moved
    static boolean end(JdbcClient tx, Ulid id, State state) {
        return tx.sql("update payments.payment set state = ? where id = ? and state = 'open'")
                        .param(word(state))
                        .param(id.toString())
                        .update()
                == 1;
    }

    static void pay(JdbcClient tx, Ulid id, String paidAs, Instant at) {
        int paid = tx.sql("""
                        update payments.payment set state = 'paid', paid_as = ?, paid_at = ?
                        where id = ? and state <> 'paid'
                        """)
                .param(paidAs)
                .param(Columns.utc(at))
                .param(id.toString())
                .update();
        if (paid != 1) {
            throw new IllegalStateException("payment " + id + " was paid under its own lock");
        }
    }

    private static String word(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    static Payment read(ResultSet row, int number) throws SQLException {
        return new Payment(
                Ulid.parse(row.getString("id")),
                TenantId.parse(row.getString("tenant_id")),
                Ulid.parse(row.getString("link_id")),
                row.getString("provider"),
                money(row, "nanos"),
                State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                shown(row.getString("checkout")),
                row.getString("reference"),
                row.getString("paid_as"),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "expires_at"),
                Columns.instantOrNull(row, "paid_at"));
    }

    private static @Nullable Shown shown(@Nullable String json) {
        return json == null ? null : Json.read(json, Shown.class);
    }

    static Money money(ResultSet row, String nanos) throws SQLException {
        return new Money(row.getLong(nanos), Currency.getInstance(Objects.requireNonNull(row.getString("currency"))));
    }
}
