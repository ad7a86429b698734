package dev.sampan.console.sample;

import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Money;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.payments.Dispute;
import dev.sampan.payments.Notifications;
import dev.sampan.payments.Payment;
import dev.sampan.payments.Payment.Shown;
import dev.sampan.payments.Payment.State;
import dev.sampan.payments.PaymentLink;
import dev.sampan.payments.PaymentSetup;
import dev.sampan.payments.Payments;
import dev.sampan.payments.Reconciliation;
import dev.sampan.payments.Reconciliation.Finding;
import dev.sampan.payments.Reconciliation.What;
import dev.sampan.payments.Reconciliations;
import dev.sampan.payments.Refund;
import dev.sampan.spec.PaymentsSpec;
import dev.sampan.spec.PaymentsSpec.Provider;
import dev.sampan.spec.Specs;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One customer's links: one open, one paid, in part given back and disputed.
public final class SamplePayments implements Payments, PaymentSetup, Notifications, Reconciliations {
    public static final String OPEN = "open-link-of-the-sample";
    public static final Ulid PAID = new Ulid(1L << 16, 2);
    private static final Money AMOUNT = Money.of("200", "CNY");
    private static final Money PART = Money.of("50", "CNY");

    private final Instant now = Instant.now();
    private final TenantId customer;
    private final boolean empty;
    private final PaymentsSpec spec;

    public SamplePayments(TenantId customer, boolean empty) {
        this.customer = customer;
        this.empty = empty;
        spec = Specs.readPayments(Path.of("..", "examples", "payments.yaml"));
    }

    private PaymentLink sample(int number, String token) {
        return new PaymentLink(
                new Ulid(1L << 16, number),
                customer,
                token,
                URI.create("https://console.example.com/pay/" + token),
                AMOUNT,
                now.minus(Duration.ofDays(number)),
                now.plus(Duration.ofDays(7 - number)));
    }

    private Payment payment(Ulid id, Ulid link, State state) {
        return new Payment(
                id,
                customer,
                link,
                state == State.PAID ? "alipay" : "wechat",
                AMOUNT,
                state,
                new Shown("weixin://wxpay/bizpayurl?pr=sample", null, List.of()),
                null,
                state == State.PAID ? "2026112422001400001" : null,
                now.minus(Duration.ofMinutes(9)),
                now.plus(Duration.ofHours(1)),
                state == State.PAID ? now.minus(Duration.ofMinutes(7)) : null);
    }

    @Override
    public PaymentLink createLink(TenantId tenant, Money amount, ActorId by) {
        return sample(1, OPEN);
    }

    @Override
    public Optional<PaymentLink> link(String token) {
        return links(customer).stream().filter(one -> one.token().equals(token)).findFirst();
    }

    @Override
    public Optional<PaymentLink> link(Ulid id) {
        return links(customer).stream().filter(one -> one.id().equals(id)).findFirst();
    }

    @Override
    public List<PaymentLink> links(TenantId tenant) {
        return empty || !tenant.equals(customer)
                ? List.of()
                : List.of(sample(1, OPEN), sample(2, "paid-link-of-the-sample"));
    }

    @Override
    public List<Provider> ways(Money amount) {
        return empty
                ? List.of()
                : spec.providers().stream()
                        .filter(one -> one.currencies().contains(amount.currency()))
                        .toList();
    }

    @Override
    public Payment begin(PaymentLink link, String provider) {
        return payment(new Ulid(1L << 16, 1), link.id(), State.OPEN);
    }

    @Override
    public Payment ask(Ulid id) {
        return payment(id).orElseThrow();
    }

    @Override
    public Optional<Payment> payment(Ulid id) {
        return recent(10).stream().filter(one -> one.id().equals(id)).findFirst();
    }

    @Override
    public List<Payment> paymentsOf(Ulid link) {
        return recent(10).stream().filter(one -> one.link().equals(link)).toList();
    }

    @Override
    public List<Payment> recent(int most) {
        return empty
                ? List.of()
                : List.of(
                        payment(new Ulid(1L << 16, 1), new Ulid(1L << 16, 1), State.OPEN),
                        payment(PAID, new Ulid(1L << 16, 2), State.PAID));
    }

    @Override
    public Refund refund(Ulid payment, Money amount, String reason, ActorId by) {
        return refunds(PAID).getFirst();
    }

    @Override
    public List<Refund> refunds(Ulid payment) {
        return !payment.equals(PAID)
                ? List.of()
                : List.of(new Refund(
                        new Ulid(1L << 16, 3),
                        customer,
                        PAID,
                        PART,
                        Refund.State.SUCCEEDED,
                        false,
                        PART,
                        "re_1",
                        "Ordered twice",
                        now.minus(Duration.ofMinutes(3)),
                        now.minus(Duration.ofMinutes(2))));
    }

    @Override
    public List<Dispute> disputes(Ulid payment) {
        return !payment.equals(PAID)
                ? List.of()
                : List.of(new Dispute(
                        "alipay",
                        "dp_1",
                        customer,
                        PAID,
                        PART,
                        Dispute.State.OPEN,
                        PART,
                        now.minus(Duration.ofMinutes(1)),
                        null));
    }

    @Override
    public Optional<Instant> disputedSince(TenantId tenant) {
        return empty || !tenant.equals(customer) ? Optional.empty() : Optional.of(now.minus(Duration.ofMinutes(1)));
    }

    @Override
    public List<Told> told(@Nullable Ulid payment, int most) {
        return empty
                ? List.of()
                : List.of(
                        new Told("alipay", "2026112400222", "TRADE_SUCCESS", now, PAID, "credited", null),
                        new Told(
                                "wechat",
                                "EV-20261124",
                                "TRANSACTION.SUCCESS",
                                now,
                                PAID,
                                "mismatch",
                                "199 CNY came, 200 CNY was asked"));
    }

    @Override
    public List<Told> odd(int most) {
        return told(null, most).stream()
                .filter(one -> one.outcome().equals("mismatch"))
                .toList();
    }

    @Override
    public void arrived(Ulid payment, Money amount, String entry, ActorId by) {
        throw new UnsupportedOperationException("the sample stays as it is");
    }

    @Override
    public Ulid apply(PaymentsSpec set, Map<String, String> secrets, ActorId by) {
        throw new UnsupportedOperationException("the sample keeps its ways to pay");
    }

    @Override
    public Optional<PaymentsSpec> inForce() {
        return empty ? Optional.empty() : Optional.of(spec);
    }

    @Override
    public Optional<Problem> trouble() {
        return Optional.empty();
    }

    @Override
    public Answer take(String provider, Map<String, String> headers, byte[] body) {
        return new Answer(200, "text/plain", new String(body, java.nio.charset.StandardCharsets.UTF_8));
    }

    @Override
    public Imported importStatement(String provider, byte[] csv, ActorId by) {
        return new Imported(2, 1, List.of("10 CNY · 2026-11-24 no reference"));
    }

    @Override
    public List<Reconciliation> compare(LocalDate day) {
        return latest(2);
    }

    @Override
    public List<Reconciliation> latest(int most) {
        LocalDate day = LocalDate.of(2026, 11, 23);
        return empty
                ? List.of()
                : List.of(
                        new Reconciliation("wechat", day, now, 118, List.of(), null),
                        new Reconciliation(
                                "alipay",
                                day,
                                now,
                                41,
                                List.of(
                                        new Finding(What.MISSING_HERE, false, "", "2026112322001400009", null, PART),
                                        new Finding(
                                                What.AMOUNT_DIFFERS,
                                                true,
                                                PAID.toString(),
                                                "2026112422001400001",
                                                AMOUNT,
                                                PART)),
                                null),
                        new Reconciliation("stripe", day, now, 0, List.of(), "Stripe answered 503"));
    }
}
