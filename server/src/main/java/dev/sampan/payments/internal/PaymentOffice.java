package dev.sampan.payments.internal;

import dev.sampan.database.Database;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Money;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Sha256;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.payments.Dispute;
import dev.sampan.payments.Payment;
import dev.sampan.payments.PaymentLink;
import dev.sampan.payments.Payments;
import dev.sampan.payments.Refund;
import dev.sampan.payments.internal.provider.Minor;
import dev.sampan.payments.internal.provider.Notice;
import dev.sampan.payments.internal.provider.ProviderTrouble;
import dev.sampan.spec.PaymentsSpec;
import dev.sampan.spec.PaymentsSpec.Provider;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The room's desk for people: links, payments, refunds.
final class PaymentOffice implements Payments {
    private static final Logger LOG = LoggerFactory.getLogger(Payments.class);
    private static final int TOKEN_BYTES = 24;
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final long UNITS_MAX = 1_000_000;

    private final Database database;
    private final ProviderBook book;
    private final Parts parts;
    private final LinkRows links;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    /// What the office is made of.
    record Parts(Checkouts checkouts, RefundDesk refunds, Inbox inbox, Treasury treasury) {}

    PaymentOffice(Database database, ProviderBook book, Parts parts, InstantSource clock) {
        this.database = database;
        this.book = book;
        this.parts = parts;
        this.links = new LinkRows(book::page);
        this.clock = clock;
    }

    @Override
    public PaymentLink createLink(TenantId customer, Money amount, ActorId by) {
        PaymentsSpec spec = book.spec();
        if (!Minor.payable(amount)
                || amount.compareTo(Money.of(
                                Long.toString(UNITS_MAX), amount.currency().getCurrencyCode()))
                        > 0) {
            throw new ProblemException(Problem.of("payments.bad_amount", amount + " cannot be paid")
                    .remedy("Ask for more than 0, at most " + UNITS_MAX + ", in whole smallest units"));
        }
        Currency wallet = parts.treasury.currency(customer);
        if (!wallet.equals(amount.currency())) {
            throw new ProblemException(Problem.of(
                    "payments.other_currency", "The customer's wallet holds " + wallet + ", not " + amount.currency()));
        }
        if (ways(amount).isEmpty()) {
            throw new ProblemException(
                    Problem.of("payments.no_way", "None of the ways to pay takes " + amount.currency())
                            .remedy("State one in payments.yaml"));
        }
        byte[] token = new byte[TOKEN_BYTES];
        random.nextBytes(token);
        String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(token);
        Instant now = clock.instant();
        PaymentLink link = new PaymentLink(
                Ulid.next(),
                customer,
                secret,
                book.page(secret),
                amount,
                now,
                now.plus(Duration.ofDays(spec.linkDays())));
        database.asTenant(customer, tx -> {
            links.add(tx, link, by);
            return true;
        });
        return link;
    }

    @Override
    public Optional<PaymentLink> link(String token) {
        return book.inForce().isEmpty() ? Optional.empty() : database.asPlatform(tx -> links.byToken(tx, token));
    }

    @Override
    public Optional<PaymentLink> link(Ulid id) {
        return book.inForce().isEmpty() ? Optional.empty() : database.asPlatform(tx -> links.byId(tx, id));
    }

    @Override
    public List<PaymentLink> links(TenantId customer) {
        return book.inForce().isEmpty() ? List.of() : database.asTenant(customer, tx -> links.of(tx, customer));
    }

    @Override
    public List<Provider> ways(Money amount) {
        return book.inForce().stream()
                .flatMap(spec -> spec.providers().stream())
                .filter(one -> one.currencies().contains(amount.currency()))
                .filter(one -> book.find(one.name()).isPresent())
                .toList();
    }

    @Override
    public Payment begin(PaymentLink link, String provider) {
        return parts.checkouts.begin(link, provider);
    }

    @Override
    public Payment ask(Ulid id) {
        Payment payment = payment(id).orElseThrow(() -> unknown(id));
        if (database.asPlatform(tx -> PaymentRows.claim(tx, id, clock.instant(), PAUSE))) {
            try {
                parts.checkouts.ask(payment, book.provider(payment.provider()));
            } catch (ProviderTrouble e) {
                LOG.info("payment {}: {} does not say", id, payment.provider(), e);
            }
        }
        return parts.checkouts.again(payment);
    }

    @Override
    public Optional<Payment> payment(Ulid id) {
        return database.asPlatform(tx -> PaymentRows.find(tx, id.toString()));
    }

    @Override
    public List<Payment> paymentsOf(Ulid link) {
        return database.asPlatform(tx -> PaymentRows.ofLink(tx, link));
    }

    @Override
    public List<Payment> recent(int most) {
        return database.asPlatform(tx -> PaymentRows.recent(tx, most));
    }

    @Override
    public Refund refund(Ulid payment, Money amount, String reason, ActorId by) {
        Refund asked = parts.refunds.request(payment, amount, reason, by);
        return refunds(payment).stream()
                .filter(one -> one.id().equals(asked.id()))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public List<Refund> refunds(Ulid payment) {
        return parts.refunds.of(payment);
    }

    @Override
    public List<Dispute> disputes(Ulid payment) {
        return database.asPlatform(tx -> DisputeBook.of(tx, payment));
    }

    @Override
    public Optional<Instant> disputedSince(TenantId customer) {
        return database.asTenant(customer, tx -> DisputeBook.since(tx, customer));
    }

    @Override
    public List<Told> told(@Nullable Ulid payment, int most) {
        return parts.inbox.told(payment, most);
    }

    @Override
    public List<Told> odd(int most) {
        return parts.inbox.odd(most);
    }

    /// By the same way in as every provider's word: an entry of the statement is an event.
    @Override
    public void arrived(Ulid id, Money amount, String entry, ActorId by) {
        Payment payment = payment(id).orElseThrow(() -> unknown(id));
        if (!(book.spec().provider(payment.provider()).orElse(null) instanceof PaymentsSpec.Bank)) {
            throw new ProblemException(Problem.of(
                    "payments.not_by_hand", "Payments at '" + payment.provider() + "' are not marked by hand"));
        }
        if (!amount.equals(payment.amount())) {
            throw new ProblemException(
                    Problem.of("payments.other_amount", amount + " arrived, but " + payment.amount() + " was asked")
                            .remedy("Send a link over the amount that arrived, and mark that one"));
        }
        LOG.info("payment {} by bank transfer is marked as arrived by {}", id, by);
        Notice.Paid paid = new Notice.Paid("entry/" + entry, "statement", id.toString(), entry, amount);
        Inbox.Outcome outcome = parts.inbox.take(payment.provider(), paid, Sha256.of(entry));
        if (outcome != Inbox.Outcome.CREDITED && outcome != Inbox.Outcome.REPEATED) {
            throw new ProblemException(
                    Problem.of("payments.entry_used", "The entry '" + entry + "' was booked before: " + outcome));
        }
    }

    @Override
    public Imported importStatement(String provider, byte[] csv, ActorId by) {
        Imported imported = new Statements(database, book, parts.inbox).take(provider, csv);
        LOG.info("a statement of {} was imported by {}: {} booked", provider, by, imported.booked());
        return imported;
    }

    private static ProblemException unknown(Ulid id) {
        return new ProblemException(Problem.of("payments.payment.not_found", "There is no payment " + id));
    }
}
