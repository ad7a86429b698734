package dev.sampan.payments.internal;

import dev.sampan.accounts.Accounts;
import dev.sampan.database.Database;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Sha256;
import dev.sampan.kernel.Ulid;
import dev.sampan.payments.Payment;
import dev.sampan.payments.Payment.State;
import dev.sampan.payments.PaymentLink;
import dev.sampan.payments.internal.provider.Notice;
import dev.sampan.payments.internal.provider.PaymentProvider;
import dev.sampan.payments.internal.provider.PaymentProvider.Asked;
import dev.sampan.payments.internal.provider.PaymentProvider.Checkout;
import dev.sampan.payments.internal.provider.PaymentProvider.Demand;
import dev.sampan.payments.internal.provider.ProviderTrouble;
import dev.sampan.spec.PaymentsSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/// From a link to a payment at a provider, and what came of it. The payment's row is there before the provider
/// hears of it, so that no notification is about something unknown.
final class Checkouts {
    private static final Logger LOG = LoggerFactory.getLogger(Checkouts.class);
    private static final String ASKED = "asked";
    private static final Duration LIFE = Duration.ofHours(2);

    private final Database database;
    private final ProviderBook book;
    private final Inbox inbox;
    private final Accounts accounts;
    private final InstantSource clock;

    Checkouts(Database database, ProviderBook book, Inbox inbox, Accounts accounts, InstantSource clock) {
        this.database = database;
        this.book = book;
        this.inbox = inbox;
        this.accounts = accounts;
        this.clock = clock;
    }

    Payment begin(PaymentLink link, String name) {
        PaymentProvider provider = book.provider(name);
        Payment payment = chosen(link, name);
        return payment.checkout() == null ? shown(link, payment, provider) : payment;
    }

    /// The open payment at this provider, or a new one; what is open at others is ended there, as far as they
    /// let it.
    private Payment chosen(PaymentLink link, String provider) {
        record Chosen(Payment payment, List<Payment> others) {}
        Chosen chosen = database.asTenant(link.tenant(), tx -> {
            LinkRows.lock(tx, link.id());
            List<Payment> known = PaymentRows.ofLink(tx, link.id());
            if (known.stream().anyMatch(one -> one.state() == State.PAID)) {
                throw new ProblemException(Problem.of("payments.paid_before", "This has been paid"));
            }
            Instant now = clock.instant();
            List<Payment> open = known.stream()
                    .filter(one -> one.state() == State.OPEN && one.expiresAt().isAfter(now))
                    .toList();
            List<Payment> others = new ArrayList<>(open);
            Payment payment = open.stream()
                    .filter(one -> one.provider().equals(provider))
                    .findFirst()
                    .orElseGet(() -> fresh(tx, link, provider, now));
            others.remove(payment);
            return new Chosen(payment, others);
        });
        chosen.others.forEach(this::close);
        return chosen.payment;
    }

    private Payment fresh(JdbcClient tx, PaymentLink link, String provider, Instant now) {
        if (!link.expiresAt().isAfter(now)) {
            throw new ProblemException(Problem.of("payments.link_expired", "This payment link has expired")
                    .remedy("Ask for a new one"));
        }
        PaymentsSpec.Provider spec = book.spec()
                .provider(provider)
                .filter(one -> one.currencies().contains(link.amount().currency()))
                .orElseThrow(() -> new ProblemException(Problem.of(
                        "payments.unknown_provider",
                        "'" + provider + "' takes no " + link.amount().currency())));
        boolean bank = spec instanceof PaymentsSpec.Bank;
        Payment payment = new Payment(
                Ulid.next(),
                link.tenant(),
                link.id(),
                provider,
                link.amount(),
                State.OPEN,
                null,
                null,
                null,
                now,
                bank ? link.expiresAt() : now.plus(LIFE),
                null);
        PaymentRows.add(tx, payment);
        return payment;
    }

    private Payment shown(PaymentLink link, Payment payment, PaymentProvider provider) {
        try {
            Checkout checkout = provider.createCheckout(new Demand(
                    payment.id(),
                    payment.amount(),
                    accounts.team().name(),
                    payment.createdAt(),
                    payment.expiresAt(),
                    book.tell(payment.provider()),
                    book.page(link.token())));
            return database.asTenant(payment.tenant(), tx -> {
                PaymentRows.show(tx, payment.id(), checkout);
                return PaymentRows.find(tx, payment.id().toString()).orElseThrow();
            });
        } catch (ProviderTrouble.Away e) {
            LOG.warn("payment {}: {} is away", payment.id(), payment.provider(), e);
            throw new ProblemException(
                    Problem.of("payments.provider_away", "'" + payment.provider() + "' does not answer at present")
                            .remedy("Try again in a minute, or pay another way"),
                    e);
        } catch (ProviderTrouble.Refused e) {
            LOG.warn("payment {}: {} refused", payment.id(), payment.provider(), e);
            database.asTenant(payment.tenant(), tx -> PaymentRows.end(tx, payment.id(), State.CLOSED));
            throw new ProblemException(
                    Problem.of("payments.provider_refused", "'" + payment.provider() + "' refused the payment")
                            .remedy("Pay another way, or tell us number " + payment.id()),
                    e);
        }
    }

    private void close(Payment payment) {
        book.find(payment.provider()).ifPresent(provider -> {
            try {
                provider.close(asked(payment));
                ask(payment, provider);
            } catch (ProviderTrouble e) {
                LOG.info("payment {} stays open at {}", payment.id(), payment.provider(), e);
            }
        });
    }

    /// Asks the provider and books what it says. What has not been paid when its time is over has expired.
    ///
    /// @throws ProviderTrouble when it does not say
    void ask(Payment payment, PaymentProvider provider) {
        switch (provider.query(asked(payment))) {
            case Notice.Paid paid ->
                take(
                        payment,
                        new Notice.Paid(
                                event(payment) + paid.paidAs(), ASKED, paid.payment(), paid.paidAs(), paid.amount()));
            case Notice.Ended ended ->
                take(payment, new Notice.Ended(event(payment) + "ended", ASKED, ended.payment(), ended.expired()));
            case Notice.Other _, Notice.Refunded _, Notice.Disputed _ -> {
                if (!payment.expiresAt().isAfter(clock.instant())) {
                    database.asPlatform(tx -> PaymentRows.end(tx, payment.id(), State.EXPIRED));
                }
            }
        }
    }

    /// Each of the two things it can say has an event of its own, so that the one does not stand in the other's
    /// way.
    private static String event(Payment payment) {
        return ASKED + "/" + payment.id() + "/";
    }

    private void take(Payment payment, Notice notice) {
        inbox.take(payment.provider(), notice, Sha256.of(notice.toString()));
    }

    static Asked asked(Payment payment) {
        return new Asked(payment.id(), payment.amount(), payment.reference(), payment.paidAs());
    }

    Payment again(Payment payment) {
        return Objects.requireNonNull(database.asPlatform(
                tx -> PaymentRows.find(tx, payment.id().toString()).orElse(null)));
    }
}
