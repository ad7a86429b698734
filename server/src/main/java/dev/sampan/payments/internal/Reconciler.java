package dev.sampan.payments.internal;

import dev.sampan.database.Columns;
import dev.sampan.database.Database;
import dev.sampan.kernel.Json;
import dev.sampan.payments.Payment;
import dev.sampan.payments.Reconciliation;
import dev.sampan.payments.Reconciliation.Finding;
import dev.sampan.payments.Reconciliation.What;
import dev.sampan.payments.Reconciliations;
import dev.sampan.payments.Refund;
import dev.sampan.payments.internal.Comparison.Ours;
import dev.sampan.payments.internal.provider.Notice;
import dev.sampan.payments.internal.provider.PaymentProvider;
import dev.sampan.payments.internal.provider.PaymentProvider.Movement;
import dev.sampan.payments.internal.provider.PaymentProvider.RefundState;
import dev.sampan.payments.internal.provider.ProviderTrouble;
import dev.sampan.spec.PaymentsSpec;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Compares a provider's day with ours. What was paid and never told is booked on the way; what they did not list
/// is asked for one by one before it is called missing.
final class Reconciler implements Reconciliations {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciliations.class);

    /// WeChat Pay's bill of a day is there from ten o'clock of the next one on.
    private static final LocalTime BILLS_READY = LocalTime.of(10, 30);

    private static final String PAYMENTS = """
            select * from payments.payment
            where provider = ? and (id = any (?::text[]) or paid_as = any (?::text[]) or paid_at >= ? and paid_at < ?)
            """;

    private static final String REFUNDS = """
            select refund.* from payments.refund join payments.payment on payment.id = refund.payment_id
            where payment.provider = ? and (refund.id = any (?::text[]) or refund.reference = any (?::text[])
                or refund.state = 'succeeded' and refund.finished_at >= ? and refund.finished_at < ?)
            """;

    private static final String CLAIM = """
            insert into payments.reconciliation (provider, day, claimed_at) values (?, ?, ?)
            on conflict (provider, day) do update set claimed_at = excluded.claimed_at
            where reconciliation.claimed_at < excluded.claimed_at - interval '1 hour'
              and (reconciliation.made_at is null or reconciliation.failure is not null)
            """;

    private static final String KEEP = """
            insert into payments.reconciliation (provider, day, claimed_at, made_at, matched, findings, failure)
            values (?, ?, ?, ?, ?, ?::jsonb, ?)
            on conflict (provider, day) do update set made_at = excluded.made_at, matched = excluded.matched,
                findings = excluded.findings, failure = excluded.failure
            """;

    private final Database database;
    private final ProviderBook book;
    private final Checkouts checkouts;
    private final RefundDesk refundDesk;
    private final InstantSource clock;

    Reconciler(Database database, ProviderBook book, Checkouts checkouts, RefundDesk refundDesk, InstantSource clock) {
        this.database = database;
        this.book = book;
        this.checkouts = checkouts;
        this.refundDesk = refundDesk;
        this.clock = clock;
    }

    @Override
    public List<Reconciliation> compare(LocalDate day) {
        return names().map(name -> compare(name, book.provider(name), day)).toList();
    }

    /// Those in force that have lists.
    private Stream<String> names() {
        return book.inForce().stream()
                .flatMap(set -> set.providers().stream())
                .map(PaymentsSpec.Provider::name)
                .filter(name -> book.find(name).filter(PaymentProvider::lists).isPresent());
    }

    /// Yesterday by each provider's calendar, once its bills are there; one node does it, and again an hour later
    /// when that failed.
    void daily() {
        names().forEach(name -> {
            PaymentProvider provider = book.provider(name);
            var there = clock.instant().atZone(provider.zone());
            LocalDate yesterday = there.toLocalDate().minusDays(1);
            if (!there.toLocalTime().isBefore(BILLS_READY) && claim(name, yesterday)) {
                compare(name, provider, yesterday);
            }
        });
    }

    private boolean claim(String provider, LocalDate day) {
        return database.asPlatform(tx -> tx.sql(CLAIM)
                        .param(provider)
                        .param(day)
                        .param(Columns.utc(clock.instant()))
                        .update()
                == 1);
    }

    private Reconciliation compare(String name, PaymentProvider provider, LocalDate day) {
        Reconciliation made;
        try {
            made = compared(name, provider, day);
        } catch (ProviderTrouble e) {
            LOG.warn("{}'s {} could not be compared", name, day, e);
            made = new Reconciliation(name, day, clock.instant(), 0, List.of(), String.valueOf(e.getMessage()));
        }
        if (!made.sound()) {
            LOG.warn(
                    "{}'s {} differs from ours in {} places",
                    name,
                    day,
                    made.findings().size());
        }
        keep(made);
        return made;
    }

    private Reconciliation compared(String name, PaymentProvider provider, LocalDate day) {
        List<Movement> listed = provider.movements(day);
        List<Finding> late = bookWhatWasNeverTold(name, provider, listed);
        Comparison comparison = Comparison.of(listed, known(name, provider, day, listed));
        List<Finding> findings = new ArrayList<>(late);
        findings.addAll(comparison.findings());
        long matched = comparison.matched().size();
        for (Ours ours : comparison.unseen()) {
            if (isThere(provider, ours)) {
                matched++;
            } else {
                findings.add(Comparison.missingThere(ours));
            }
        }
        return new Reconciliation(name, day, clock.instant(), matched, findings, null);
    }

    private List<Finding> bookWhatWasNeverTold(String name, PaymentProvider provider, List<Movement> listed) {
        List<Finding> late = new ArrayList<>();
        for (Movement movement : listed) {
            Optional<Payment> open = movement.kind() == Movement.Kind.PAYMENT
                    ? payment(movement.id())
                            .filter(one -> one.provider().equals(name) && one.state() != Payment.State.PAID)
                    : Optional.empty();
            if (open.isPresent()) {
                checkouts.ask(open.get(), provider);
                if (checkouts.again(open.get()).state() == Payment.State.PAID) {
                    late.add(new Finding(
                            What.BOOKED_LATE,
                            false,
                            movement.id(),
                            movement.reference(),
                            open.get().amount(),
                            movement.amount()));
                }
            }
        }
        return late;
    }

    private Optional<Payment> payment(String id) {
        return database.asPlatform(tx -> PaymentRows.find(tx, id));
    }

    /// By our id and by the provider's: all that the list names, and all of the day by our clock.
    private Map<String, Ours> known(String name, PaymentProvider provider, LocalDate day, List<Movement> listed) {
        Instant from = day.atStartOfDay(provider.zone()).toInstant();
        Instant to = day.plusDays(1).atStartOfDay(provider.zone()).toInstant();
        String[] ids =
                listed.stream().map(Movement::id).filter(id -> !id.isEmpty()).toArray(String[]::new);
        String[] references = listed.stream().map(Movement::reference).toArray(String[]::new);
        Map<String, Ours> known = new HashMap<>();
        database.asPlatform(tx -> {
            for (Payment one : range(tx.sql(PAYMENTS), name, ids, references, from, to)
                    .query(PaymentRows::read)
                    .list()) {
                boolean ofTheDay = one.paidAt() != null
                        && !one.paidAt().isBefore(from)
                        && one.paidAt().isBefore(to);
                boolean booked = one.state() == Payment.State.PAID;
                put(
                        known,
                        new Ours(
                                Movement.Kind.PAYMENT,
                                one.id().toString(),
                                one.paidAs(),
                                one.amount(),
                                booked,
                                ofTheDay));
            }
            for (Refund one : range(tx.sql(REFUNDS), name, ids, references, from, to)
                    .query(RefundBook::read)
                    .list()) {
                boolean ofTheDay = one.finishedAt() != null
                        && !one.finishedAt().isBefore(from)
                        && one.finishedAt().isBefore(to);
                boolean booked = one.state() != Refund.State.FAILED;
                put(
                        known,
                        new Ours(
                                Movement.Kind.REFUND,
                                one.id().toString(),
                                one.reference(),
                                one.amount(),
                                booked,
                                ofTheDay));
            }
            return known;
        });
        return known;
    }

    private static JdbcClient.StatementSpec range(
            JdbcClient.StatementSpec query, String name, String[] ids, String[] references, Instant from, Instant to) {
        return query.param(name)
                .param(ids)
                .param(references)
                .param(Columns.utc(from))
                .param(Columns.utc(to));
    }

    private static void put(Map<String, Ours> known, Ours ours) {
        known.put(Comparison.key(ours.kind(), ours.id()), ours);
        if (ours.theirs() != null) {
            known.putIfAbsent(Comparison.key(ours.kind(), ours.theirs()), ours);
        }
    }

    private boolean isThere(PaymentProvider provider, Ours ours) {
        if (ours.kind() == Movement.Kind.REFUND) {
            RefundState state = refundDesk.ask(ours.id(), provider);
            return state == RefundState.SUCCEEDED || state == RefundState.ACCEPTED;
        }
        Payment payment = payment(ours.id()).orElseThrow();
        return provider.query(Checkouts.asked(payment)) instanceof Notice.Paid paid
                && paid.paidAs().equals(payment.paidAs())
                && paid.amount().equals(payment.amount());
    }

    private void keep(Reconciliation made) {
        database.asPlatform(tx -> tx.sql(KEEP)
                .param(made.provider())
                .param(made.day())
                .param(Columns.utc(made.at()))
                .param(Columns.utc(made.at()))
                .param(made.matched())
                .param(Json.write(made.findings()))
                .param(made.failure())
                .update());
    }

    @Override
    public List<Reconciliation> latest(int most) {
        return database.asPlatform(tx -> tx.sql("""
                        select * from payments.reconciliation where made_at is not null
                        order by day desc, provider limit ?
                        """)
                .param(most)
                .query((row, _) -> new Reconciliation(
                        row.getString("provider"),
                        row.getObject("day", LocalDate.class),
                        Columns.instant(row, "made_at"),
                        row.getLong("matched"),
                        List.of(Json.read(row.getString("findings"), Finding[].class)),
                        row.getString("failure")))
                .list());
    }
}
