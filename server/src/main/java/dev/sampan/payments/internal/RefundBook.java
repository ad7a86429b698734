package dev.sampan.payments.internal;

import dev.sampan.database.Columns;
import dev.sampan.database.Database;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Money;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.payments.Payment;
import dev.sampan.payments.Refund;
import dev.sampan.payments.Refund.State;
import dev.sampan.payments.RefundMade;
import dev.sampan.payments.internal.provider.Notice;
import dev.sampan.payments.internal.provider.PaymentProvider.RefundState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Rows of refunds and how they move: requested → accepted → succeeded, and from each of them to failed, which
/// gives the wallet back what was taken. A payment's row is locked before its refunds are looked at.
final class RefundBook {
    private final Database database;
    private final Treasury treasury;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    RefundBook(Database database, Treasury treasury, ApplicationEventPublisher events, InstantSource clock) {
        this.database = database;
        this.treasury = treasury;
        this.events = events;
        this.clock = clock;
    }

    static boolean mayMove(State from, State to) {
        return switch (from) {
            case REQUESTED -> to != State.REQUESTED;
            case ACCEPTED -> to == State.SUCCEEDED || to == State.FAILED;
            case SUCCEEDED -> to == State.FAILED; // a bank may send the money back days later
            case FAILED -> false;
        };
    }

    void add(JdbcClient tx, Refund refund, ActorId by) {
        tx.sql("""
                        insert into payments.refund (id, tenant_id, payment_id, nanos, currency, state, foreign_made,
                            taken_nanos, reference, reason, requested_at, requested_by)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .param(refund.id().toString())
                .param(refund.tenant().toString())
                .param(refund.payment().toString())
                .param(refund.amount().nanos())
                .param(refund.amount().currency().getCurrencyCode())
                .param(word(refund.state()))
                .param(refund.foreign())
                .param(refund.taken().nanos())
                .param(refund.reference())
                .param(refund.reason())
                .param(Columns.utc(refund.requestedAt()))
                .param(by.toString())
                .update();
    }

    /// What the provider told of one refund. One that was made over there is written down, and taken from the
    /// wallet later as far as that holds it.
    void told(JdbcClient tx, Payment payment, Notice.Refunded notice) {
        Refund known = known(tx, payment.id(), notice).orElse(null);
        State now = state(notice.state());
        if (known != null) {
            move(tx, known, now, notice.reference());
        } else if (now != State.FAILED) {
            Refund foreign = new Refund(
                    Ulid.next(),
                    payment.tenant(),
                    payment.id(),
                    notice.amount(),
                    now,
                    true,
                    Money.zero(notice.amount().currency()),
                    notice.reference(),
                    "–",
                    clock.instant(),
                    null);
            add(tx, foreign, ActorId.PLATFORM);
            if (now == State.SUCCEEDED) {
                done(tx, foreign);
            }
        }
    }

    private static State state(RefundState state) {
        return switch (state) {
            case UNKNOWN -> State.REQUESTED;
            case ACCEPTED -> State.ACCEPTED;
            case SUCCEEDED -> State.SUCCEEDED;
            case FAILED -> State.FAILED;
        };
    }

    private static Optional<Refund> known(JdbcClient tx, Ulid payment, Notice.Refunded notice) {
        return tx.sql("""
                        select * from payments.refund where payment_id = ? and (id = ? or reference = ?)
                        order by (id = ?) desc limit 1 for update
                        """)
                .param(payment.toString())
                .param(notice.refund() == null ? "" : notice.refund())
                .param(notice.reference())
                .param(notice.refund() == null ? "" : notice.refund())
                .query(RefundBook::read)
                .optional();
    }

    /// By its id, as far as it may; what comes late or twice changes nothing.
    void move(Ulid id, RefundState state, @Nullable String reference) {
        if (state == RefundState.UNKNOWN) {
            return;
        }
        database.asPlatform(tx -> {
            tx.sql("select * from payments.refund where id = ? for update")
                    .param(id.toString())
                    .query(RefundBook::read)
                    .optional()
                    .ifPresent(refund -> move(tx, refund, state(state), reference));
            return true;
        });
    }

    private void move(JdbcClient tx, Refund refund, State to, @Nullable String reference) {
        if (!mayMove(refund.state(), to)) {
            return;
        }
        boolean finished = to == State.SUCCEEDED || to == State.FAILED;
        tx.sql("""
                        update payments.refund set state = ?, reference = coalesce(reference, ?), finished_at = ?,
                            taken_nanos = ?
                        where id = ?
                        """)
                .param(word(to))
                .param(reference)
                .param(finished ? Columns.utc(clock.instant()) : null)
                .param(to == State.FAILED ? 0 : refund.taken().nanos())
                .param(refund.id().toString())
                .update();
        if (to == State.FAILED && refund.taken().nanos() > 0) {
            treasury.credit(tx, refund.tenant(), refund.taken(), "refund-failed/" + refund.id());
        }
        if (to == State.SUCCEEDED) {
            done(tx, refund);
        }
    }

    private void done(JdbcClient tx, Refund refund) {
        tx.sql("update payments.refund set finished_at = ? where id = ?")
                .param(Columns.utc(clock.instant()))
                .param(refund.id().toString())
                .update();
        events.publishEvent(new RefundMade(refund.tenant(), refund.payment(), refund.id(), refund.amount()));
    }

    /// Takes from the wallet what a foreign refund has given back, as far as it is there: a step of its own, since
    /// a wallet that refuses must not undo that the refund is known.
    void collect(Refund refund, Money part) {
        database.asPlatform(tx -> {
            int marked = tx.sql("update payments.refund set taken_nanos = ? where id = ? and taken_nanos = 0")
                    .param(part.nanos())
                    .param(refund.id().toString())
                    .update();
            if (marked == 1) {
                treasury.takeBack(tx, refund.tenant(), part, "refund/" + refund.id());
            }
            return true;
        });
    }

    static Optional<Refund> find(JdbcClient tx, String id) {
        return tx.sql("select * from payments.refund where id = ?")
                .param(id)
                .query(RefundBook::read)
                .optional();
    }

    static List<Refund> of(JdbcClient tx, Ulid payment) {
        return tx.sql("select * from payments.refund where payment_id = ? order by id")
                .param(payment.toString())
                .query(RefundBook::read)
                .list();
    }

    /// Ours that the provider has not finished, and foreign ones that the wallet has not paid, of the last 30
    /// days, each to one node: after a minute, then ever more rarely as they get older.
    List<Refund> unfinished(Instant now, int most) {
        return database.asPlatform(tx -> tx.sql("""
                        update payments.refund set asked_at = ?
                        where id in (
                            select id from payments.refund
                            where (state in ('requested', 'accepted')
                                   or foreign_made and taken_nanos = 0 and state <> 'failed')
                              and requested_at > ? - interval '30 days'
                              and coalesce(asked_at, requested_at)
                                  < ? - greatest(interval '1 minute', (? - requested_at) / 4)
                            order by requested_at limit ? for update skip locked)
                        returning *
                        """)
                .param(Columns.utc(now))
                .param(Columns.utc(now))
                .param(Columns.utc(now))
                .param(Columns.utc(now))
                .param(most)
                .query(RefundBook::read)
                .list());
    }

    private static String word(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    static Refund read(ResultSet row, int number) throws SQLException {
        return new Refund(
                Ulid.parse(row.getString("id")),
                TenantId.parse(row.getString("tenant_id")),
                Ulid.parse(row.getString("payment_id")),
                PaymentRows.money(row, "nanos"),
                State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getBoolean("foreign_made"),
                PaymentRows.money(row, "taken_nanos"),
                row.getString("reference"),
                row.getString("reason"),
                Columns.instant(row, "requested_at"),
                Columns.instantOrNull(row, "finished_at"));
    }
}
