package dev.sampan.payments.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampan.kernel.Money;
import dev.sampan.kernel.TenantId;
import dev.sampan.payments.Payment;
import dev.sampan.payments.Payments.Imported;
import dev.sampan.payments.Reconciliation;
import dev.sampan.payments.Reconciliation.Finding;
import dev.sampan.payments.Reconciliation.What;
import dev.sampan.payments.internal.Comparison.Ours;
import dev.sampan.payments.internal.bank.Reference;
import dev.sampan.payments.internal.provider.PaymentProvider.Movement;
import dev.sampan.payments.simulator.StripeSimulator;
import dev.sampan.spec.PaymentsSpec;
import dev.sampan.testing.DatabaseFixture;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Our books beside a provider's, and a bank's statement beside what was asked.
class ReconcilerTests {
    @RegisterExtension
    static final DatabaseFixture DB = new DatabaseFixture();

    private static final Money TEN = Money.of("10.00", "USD");
    private static final String SECRET = "whsec_1";
    private static final Currency DOLLAR = Currency.getInstance("USD");

    private static StripeSimulator stripe;
    private static PaymentsStand stand;

    @BeforeAll
    static void open() {
        stripe = new StripeSimulator();
        PaymentsSpec spec = new PaymentsSpec(
                URI.create("https://console.example.com"),
                7,
                List.of(
                        new PaymentsSpec.Stripe("stripe", stripe.address(), List.of(DOLLAR), "KEY", List.of("HOOK")),
                        new PaymentsSpec.Bank("bank", List.of(DOLLAR), List.of("Harbour Ltd"))));
        stand = new PaymentsStand(DB, "USD", spec, Map.of("KEY", StripeSimulator.KEY, "HOOK", SECRET));
    }

    @AfterAll
    static void close() {
        stand.close();
        stripe.close();
    }

    private static Payment paid(TenantId customer) {
        Payment payment = stand.begin(customer, TEN, "stripe");
        String session = Objects.requireNonNull(payment.reference());
        stripe.pay(session);
        var sent = StripeSimulator.sent(
                stripe.sessionEvent("evt_" + payment.id(), "checkout.session.completed", session), SECRET, stand.now());
        stand.tell("stripe", sent.body(), sent.headers());
        return payment;
    }

    @Test
    void aDayIsComparedAndWhatWasNeverToldIsBooked() {
        TenantId customer = DatabaseFixture.aTenant();
        LocalDate date = LocalDate.ofInstant(stand.now(), ZoneOffset.UTC);
        Payment good = paid(customer);
        Payment untold = stand.begin(customer, TEN, "stripe");
        stripe.pay(Objects.requireNonNull(untold.reference()));
        Payment dearer = paid(customer);
        stripe.put(Objects.requireNonNull(dearer.reference()), "amount_total", 1200L);
        Payment vanished = paid(customer);
        stripe.put(Objects.requireNonNull(vanished.reference()), "payment_status", "unpaid");
        Payment foreign = stand.begin(customer, TEN, "stripe");
        stripe.pay(Objects.requireNonNull(foreign.reference()));
        stripe.put(Objects.requireNonNull(foreign.reference()), "client_reference_id", "somebody-else");
        stand.office.refund(good.id(), Money.of("4", "USD"), "x", PaymentsStand.BY);

        Reconciliation day = stand.reconciler.compare(date).getFirst();

        assertThat(day.matched()).isEqualTo(3); // good, untold, the refund
        assertThat(day.findings())
                .extracting(Finding::what, Finding::ours)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(
                                What.BOOKED_LATE, untold.id().toString()),
                        org.assertj.core.groups.Tuple.tuple(
                                What.AMOUNT_DIFFERS, dearer.id().toString()),
                        org.assertj.core.groups.Tuple.tuple(What.MISSING_HERE, "somebody-else"),
                        org.assertj.core.groups.Tuple.tuple(
                                What.MISSING_THERE, vanished.id().toString()));
        assertThat(stand.state(untold)).isEqualTo(Payment.State.PAID);
        assertThat(stand.reconciler.latest(5)).contains(day);

        Reconciliation again = stand.reconciler.compare(date).getFirst();
        assertThat(again.findings()).hasSize(3).noneMatch(one -> one.what() == What.BOOKED_LATE);
        assertThat(stand.reconciler.latest(100))
                .filteredOn(one -> one.day().equals(date))
                .containsExactly(again);
        stripe.loseNextAnswer(500);
        assertThat(stand.reconciler
                        .compare(LocalDate.of(2026, 11, 23))
                        .getFirst()
                        .failure())
                .contains("500");
    }

    @Test
    void yesterdayIsComparedByItselfOnce() {
        int before = stand.reconciler.latest(100).size();
        stand.pass(Duration.ofDays(10));
        stand.reconciler.daily();
        stand.reconciler.daily();
        assertThat(stand.reconciler.latest(100)).hasSizeLessThanOrEqualTo(before + 1);
    }

    @Test
    void idsDecideAndNeverAmounts() {
        Ours ours = new Ours(Movement.Kind.PAYMENT, "a", "pi_a", TEN, true, true);
        Map<String, Ours> known = Map.of("PAYMENT/a", ours, "PAYMENT/pi_a", ours);
        Comparison other = Comparison.of(List.of(new Movement(Movement.Kind.PAYMENT, "b", "pi_b", TEN)), known);
        assertThat(other.findings()).extracting(Finding::what).containsExactly(What.MISSING_HERE);
        assertThat(other.unseen()).containsExactly(ours);
        Comparison refund = Comparison.of(List.of(new Movement(Movement.Kind.REFUND, "a", "pi_a", TEN)), known);
        assertThat(refund.matched()).isEmpty();
        Comparison same = Comparison.of(List.of(new Movement(Movement.Kind.PAYMENT, "", "pi_a", TEN)), known);
        assertThat(same.matched()).containsExactly("a");
        assertThat(same.unseen()).isEmpty();
    }

    @Test
    void aStatementIsMatchedByReferenceAndExactAmountAndEachEntryBookedOnce() {
        TenantId customer = DatabaseFixture.aTenant();
        Payment payment = stand.begin(customer, TEN, "bank");
        Payment other = stand.begin(customer, TEN, "bank");
        String reference = Reference.of(payment.id());
        String csv = """
                Date,流水号,贷方金额（元）,附言
                2026-11-24,1001,"10.00","%s 货款, ""tea""\"
                2026-11-24,1002,9.99,%s
                2026-11-24,1003,10.00,no reference
                2026-11-24,1004,,fee
                2026-11-24,1005,10.00,%s again
                """.formatted(
                reference.toLowerCase(java.util.Locale.ROOT).replace("-", " "), Reference.of(other.id()), reference);
        Imported first = stand.office.importStatement("bank", csv.getBytes(Charset.forName("GBK")), PaymentsStand.BY);
        assertThat(first.booked()).isEqualTo(1);
        assertThat(first.unmatched()).hasSize(3).anyMatch(line -> line.contains("again"));
        Imported second = stand.office.importStatement("bank", csv.getBytes(StandardCharsets.UTF_8), PaymentsStand.BY);
        assertThat(second.booked()).isZero();
        assertThat(second.known()).isEqualTo(2); // the second payment of the same reference stays for a person
        assertThat(stand.treasury.available(customer)).isEqualTo(TEN);
        assertThat(stand.state(other)).isEqualTo(Payment.State.OPEN);
    }
}
