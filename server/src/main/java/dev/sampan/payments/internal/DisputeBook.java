package dev.sampan.payments.internal;

import dev.sampan.database.Columns;
import dev.sampan.database.Database;
import dev.sampan.kernel.Money;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.payments.Dispute;
import dev.sampan.payments.Dispute.State;
import dev.sampan.payments.Payment;
import dev.sampan.payments.PaymentDisputed;
import dev.sampan.payments.internal.provider.Notice;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Rows of disputes: open → won or lost, where it stays, in whatever order it is told.
final class DisputeBook {
    private static final String LOCK_OPEN = """
            select * from payments.dispute where provider = ? and id = ? and state = 'open' for update
            """;

    private final Database database;
    private final Treasury treasury;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    DisputeBook(Database database, Treasury treasury, ApplicationEventPublisher events, InstantSource clock) {
        this.database = database;
        this.treasury = treasury;
        this.events = events;
        this.clock = clock;
    }

    void told(JdbcClient tx, Payment payment, Notice.Disputed notice) {
        State now = switch (notice.stage()) {
            case OPEN -> State.OPEN;
            case WON -> State.WON;
            case LOST -> State.LOST;
        };
        boolean fresh = tx.sql("""
                        insert into payments.dispute
                            (provider, id, tenant_id, payment_id, nanos, currency, state, opened_at, closed_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
                        """)
                        .param(payment.provider())
                        .param(notice.dispute())
                        .param(payment.tenant().toString())
                        .param(payment.id().toString())
                        .param(notice.amount().nanos())
                        .param(notice.amount().currency().getCurrencyCode())
                        .param(word(now))
                        .param(Columns.utc(clock.instant()))
                        .param(now == State.OPEN ? null : Columns.utc(clock.instant()))
                        .update()
                == 1;
        if (fresh || now != State.OPEN && close(tx, payment, notice.dispute(), now)) {
            events.publishEvent(
                    new PaymentDisputed(payment.tenant(), payment.id(), notice.dispute(), notice.amount(), now));
        }
    }

    private boolean close(JdbcClient tx, Payment payment, String dispute, State now) {
        Optional<Dispute> open = tx.sql(LOCK_OPEN)
                .param(payment.provider())
                .param(dispute)
                .query(DisputeBook::read)
                .optional();
        if (open.isEmpty()) {
            return false;
        }
        Money taken = open.get().taken();
        tx.sql("update payments.dispute set state = ?, closed_at = ?, taken_nanos = ? where provider = ? and id = ?")
                .param(word(now))
                .param(Columns.utc(clock.instant()))
                .param(now == State.WON ? 0 : taken.nanos())
                .param(payment.provider())
                .param(dispute)
                .update();
        if (now == State.WON && taken.nanos() > 0) {
            treasury.credit(tx, payment.tenant(), taken, "dispute-won/" + payment.provider() + "/" + dispute);
        }
        return true;
    }

    /// Takes from the wallet what is disputed, as far as it is there: a step of its own, since a wallet that
    /// refuses must not undo that the dispute is known.
    void collect(Dispute dispute, Money part) {
        database.asPlatform(tx -> {
            int marked = tx.sql("""
                            update payments.dispute set taken_nanos = ?
                            where provider = ? and id = ? and taken_nanos = 0 and state <> 'won'
                            """)
                    .param(part.nanos())
                    .param(dispute.provider())
                    .param(dispute.id())
                    .update();
            if (marked == 1) {
                treasury.takeBack(tx, dispute.tenant(), part, "dispute/" + dispute.provider() + "/" + dispute.id());
            }
            return true;
        });
    }

    /// Of which nothing was taken yet, of the last 30 days.
    List<Dispute> untaken(Instant now, int most) {
        return database.asPlatform(tx -> tx.sql("""
                        select * from payments.dispute
                        where taken_nanos = 0 and state <> 'won' and opened_at > ? order by opened_at limit ?
                        """)
                .param(Columns.utc(now.minus(java.time.Duration.ofDays(30))))
                .param(most)
                .query(DisputeBook::read)
                .list());
    }

    static List<Dispute> of(JdbcClient tx, Ulid payment) {
        return tx.sql("select * from payments.dispute where payment_id = ? order by opened_at")
                .param(payment.toString())
                .query(DisputeBook::read)
                .list();
    }

    /// Since when a customer has one that is open or lost.
    static Optional<Instant> since(JdbcClient tx, TenantId customer) {
        return tx.sql("""
                        select opened_at from payments.dispute where tenant_id = ? and state <> 'won'
                        order by opened_at limit 1
                        """)
                .param(customer.toString())
                .query((row, _) -> Columns.instant(row, "opened_at"))
                .optional();
    }

    private static String word(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static Dispute read(ResultSet row, int number) throws SQLException {
        return new Dispute(
                row.getString("provider"),
                row.getString("id"),
                TenantId.parse(row.getString("tenant_id")),
                Ulid.parse(row.getString("payment_id")),
                PaymentRows.money(row, "nanos"),
                State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                PaymentRows.money(row, "taken_nanos"),
                Columns.instant(row, "opened_at"),
                Columns.instantOrNull(row, "closed_at"));
    }
}
