package dev.sampan.payments.internal;

import dev.sampan.database.Columns;
import dev.sampan.database.Database;
import dev.sampan.kernel.Sha256;
import dev.sampan.kernel.Ulid;
import dev.sampan.payments.Payment;
import dev.sampan.payments.Payment.State;
import dev.sampan.payments.PaymentReceived;
import dev.sampan.payments.Payments.Told;
import dev.sampan.payments.internal.provider.Notice;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What was told, once each: the row, what it changes and the credit are one transaction. A row alone, without its
/// effect, cannot stand; whoever comes with the same event while the first is under way waits for its row.
final class Inbox {
    private static final String ADD = """
            insert into payments.inbox (provider, event_id, kind, received_at, digest, outcome)
            values (?, ?, ?, ?, ?, 'ignored') on conflict do nothing
            """;

    private static final String CLOSE = """
            update payments.inbox set payment_id = ?, outcome = ?, detail = ? where provider = ? and event_id = ?
            """;

    private final Database database;
    private final Books books;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    /// Where it is written.
    record Books(Treasury treasury, RefundBook refunds, DisputeBook disputes) {}

    Inbox(Database database, Books books, ApplicationEventPublisher events, InstantSource clock) {
        this.database = database;
        this.books = books;
        this.events = events;
        this.clock = clock;
    }

    /// What came of it.
    enum Outcome {
        CREDITED,
        /// The same event again.
        DUPLICATE,
        /// Another event of money that has credited before.
        REPEATED,
        /// Another amount or currency than was asked: somebody must look.
        MISMATCH,
        /// No payment of ours.
        UNKNOWN,
        /// A second payment of the same one: somebody must give it back.
        PAID_TWICE,
        ENDED,
        REFUND,
        DISPUTE,
        IGNORED
    }

    /// @param detail for people, where something is odd
    record Result(
            Outcome outcome,
            @Nullable Ulid payment,
            @Nullable String detail) {
        static Result of(Outcome outcome, Payment payment) {
            return new Result(outcome, payment.id(), null);
        }

        static Result unknown(String what) {
            return new Result(Outcome.UNKNOWN, null, what);
        }
    }

    /// @param digest of the bytes that told it
    Outcome take(String provider, Notice notice, Sha256 digest) {
        return database.asPlatform(tx -> {
            int added = tx.sql(ADD)
                    .param(provider)
                    .param(notice.eventId())
                    .param(notice.kind())
                    .param(Columns.utc(clock.instant()))
                    .param(digest.hex())
                    .update();
            if (added == 0) {
                return Outcome.DUPLICATE;
            }
            Result result = apply(tx, provider, notice);
            tx.sql(CLOSE)
                    .param(Optional.ofNullable(result.payment)
                            .map(Ulid::toString)
                            .orElse(null))
                    .param(result.outcome.name().toLowerCase(Locale.ROOT))
                    .param(result.detail)
                    .param(provider)
                    .param(notice.eventId())
                    .update();
            return result.outcome;
        });
    }

    private Result apply(JdbcClient tx, String provider, Notice notice) {
        return switch (notice) {
            case Notice.Paid paid -> paid(tx, provider, paid);
            case Notice.Ended ended -> ended(tx, provider, ended);
            case Notice.Refunded refunded ->
                PaymentRows.lockPaid(tx, provider, refunded.paidAs())
                        .map(payment -> {
                            books.refunds.told(tx, payment, refunded);
                            return Result.of(Outcome.REFUND, payment);
                        })
                        .orElseGet(() -> Result.unknown("a refund of " + refunded.paidAs()));
            case Notice.Disputed disputed ->
                PaymentRows.lockPaid(tx, provider, disputed.paidAs())
                        .map(payment -> {
                            books.disputes.told(tx, payment, disputed);
                            return Result.of(Outcome.DISPUTE, payment);
                        })
                        .orElseGet(() -> Result.unknown("a dispute over " + disputed.paidAs()));
            case Notice.Other _ -> new Result(Outcome.IGNORED, null, null);
        };
    }

    private Result paid(JdbcClient tx, String provider, Notice.Paid paid) {
        Payment payment = PaymentRows.lock(tx, paid.payment())
                .filter(found -> found.provider().equals(provider))
                .orElse(null);
        if (payment == null) {
            return Result.unknown("paid as " + paid.paidAs() + ": " + paid.amount());
        }
        if (payment.state() == State.PAID) {
            boolean same = paid.paidAs().equals(payment.paidAs());
            return new Result(
                    same ? Outcome.REPEATED : Outcome.PAID_TWICE,
                    payment.id(),
                    same ? null : "paid again as " + paid.paidAs() + ": " + paid.amount());
        }
        if (!paid.amount().equals(payment.amount())) {
            return new Result(
                    Outcome.MISMATCH, payment.id(), paid.amount() + " came, " + payment.amount() + " was asked");
        }
        PaymentRows.pay(tx, payment.id(), paid.paidAs(), clock.instant());
        books.treasury.credit(tx, payment.tenant(), payment.amount(), "payment/" + payment.id());
        events.publishEvent(new PaymentReceived(payment.tenant(), payment.id(), provider, payment.amount()));
        return Result.of(Outcome.CREDITED, payment);
    }

    private static Result ended(JdbcClient tx, String provider, Notice.Ended ended) {
        Payment payment = PaymentRows.lock(tx, ended.payment())
                .filter(found -> found.provider().equals(provider))
                .orElse(null);
        if (payment == null) {
            return Result.unknown("ended");
        }
        boolean moved = PaymentRows.end(tx, payment.id(), ended.expired() ? State.EXPIRED : State.CLOSED);
        return Result.of(moved ? Outcome.ENDED : Outcome.IGNORED, payment);
    }

    /// @param payment null: of all
    List<Told> told(@Nullable Ulid payment, int most) {
        return database.asPlatform(tx -> tx.sql("""
                        select * from payments.inbox where cast(? as text) is null or payment_id = ?
                        order by received_at desc limit ?
                        """)
                .param(payment == null ? null : payment.toString())
                .param(payment == null ? null : payment.toString())
                .param(most)
                .query(Inbox::told)
                .list());
    }

    List<Told> odd(int most) {
        return database.asPlatform(tx -> tx.sql("""
                        select * from payments.inbox
                        where outcome in ('mismatch', 'paid_twice', 'unknown') and received_at > ?
                        order by received_at desc limit ?
                        """)
                .param(Columns.utc(clock.instant().minus(Duration.ofDays(30))))
                .param(most)
                .query(Inbox::told)
                .list());
    }

    private static Told told(ResultSet row, int number) throws SQLException {
        String payment = row.getString("payment_id");
        return new Told(
                row.getString("provider"),
                row.getString("event_id"),
                row.getString("kind"),
                Columns.instant(row, "received_at"),
                payment == null ? null : Ulid.parse(payment),
                row.getString("outcome"),
                row.getString("detail"));
    }
}
