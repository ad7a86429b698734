package dev.sampan.payments.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampan.kernel.Money;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.TenantId;
import dev.sampan.payments.Dispute;
import dev.sampan.payments.Payment;
import dev.sampan.payments.PaymentDisputed;
import dev.sampan.payments.Refund;
import dev.sampan.payments.RefundMade;
import dev.sampan.payments.simulator.StripeSimulator;
import dev.sampan.spec.PaymentsSpec;
import dev.sampan.testing.DatabaseFixture;
import java.net.URI;
import java.time.Duration;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Money on its way back, and money that a bank takes back.
class RefundTests {
    @RegisterExtension
    static final DatabaseFixture DB = new DatabaseFixture();

    private static final Money TEN = Money.of("10.00", "USD");
    private static final Money SIX = Money.of("6.00", "USD");
    private static final Money FOUR = Money.of("4.00", "USD");
    private static final String SECRET = "whsec_1";

    private static StripeSimulator stripe;
    private static PaymentsStand stand;
    private static int events;

    @BeforeAll
    static void open() {
        stripe = new StripeSimulator();
        PaymentsSpec spec = new PaymentsSpec(
                URI.create("https://console.example.com"),
                7,
                List.of(new PaymentsSpec.Stripe(
                        "stripe", stripe.address(), List.of(Currency.getInstance("USD")), "KEY", List.of("HOOK"))));
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
        tell(stripe.sessionEvent("evt_paid_" + payment.id(), "checkout.session.completed", session));
        assertThat(stand.treasury.available(customer)).isEqualTo(TEN);
        return stand.office.payment(payment.id()).orElseThrow();
    }

    private static void tell(byte[] body) {
        var sent = StripeSimulator.sent(body, SECRET, stand.now());
        assertThat(stand.tell("stripe", sent.body(), sent.headers()).status()).isEqualTo(200);
    }

    private static void tell(String type, Map<String, Object> object) {
        tell(StripeSimulator.event("evt_" + ++events, type, object));
    }

    private static Map<String, Object> dispute(Payment payment, String id, String status, long cents) {
        return Map.of(
                "id",
                id,
                "payment_intent",
                Objects.requireNonNull(payment.paidAs()),
                "amount",
                cents,
                "currency",
                "usd",
                "status",
                status);
    }

    private static Map<String, Object> refund(Payment payment, String id, String ours, String status, long cents) {
        return Map.of(
                "id",
                id,
                "payment_intent",
                Objects.requireNonNull(payment.paidAs()),
                "amount",
                cents,
                "currency",
                "usd",
                "status",
                status,
                "metadata",
                Map.of("sampan_refund", ours));
    }

    @Test
    void leavesTheWalletAndReachesThePayerOnce() {
        TenantId customer = DatabaseFixture.aTenant();
        Payment payment = paid(customer);
        Refund refund = stand.office.refund(payment.id(), FOUR, "ordered twice", PaymentsStand.BY);
        assertThat(refund.state()).isEqualTo(Refund.State.SUCCEEDED);
        assertThat(stand.treasury.available(customer)).isEqualTo(SIX);
        String reference = Objects.requireNonNull(refund.reference());
        for (int i = 0; i < 5; i++) {
            tell("refund.updated", refund(payment, reference, refund.id().toString(), "succeeded", 400));
        }
        assertThat(stand.treasury.available(customer)).isEqualTo(SIX);
        assertThat(stand.office.refunds(payment.id())).hasSize(1);
        assertThat(stand.events)
                .filteredOn(event ->
                        event instanceof RefundMade made && made.payment().equals(payment.id()))
                .hasSize(1);
    }

    @Test
    void theSumOfAllRefundsThatAChargeTellsIsNeverTakenForARefund() {
        TenantId customer = DatabaseFixture.aTenant();
        Payment payment = paid(customer);
        stand.office.refund(payment.id(), FOUR, "a", PaymentsStand.BY);
        stand.office.refund(payment.id(), FOUR, "b", PaymentsStand.BY);
        tell(
                "charge.refunded",
                Map.of(
                        "id",
                        "ch_1",
                        "payment_intent",
                        Objects.requireNonNull(payment.paidAs()),
                        "amount",
                        1000,
                        "amount_refunded",
                        800,
                        "currency",
                        "usd"));
        assertThat(stand.treasury.available(customer)).isEqualTo(Money.of("2.00", "USD"));
    }

    @Test
    void twoAtOnceThatDoNotBothFitAreOne() throws Exception {
        TenantId customer = DatabaseFixture.aTenant();
        Payment payment = paid(customer);
        int before = stripe.refunds();
        Callable<Boolean> six = () -> {
            try {
                stand.office.refund(payment.id(), SIX, "race", PaymentsStand.BY);
                return true;
            } catch (ProblemException e) {
                assertThat(e.problems().getFirst().code()).isEqualTo("payments.refund_exceeds");
                return false;
            }
        };
        try (ExecutorService two = Executors.newFixedThreadPool(4)) {
            List<Boolean> done = two.invokeAll(List.of(six, six, six, six)).stream()
                    .map(future -> future.resultNow())
                    .toList();
            assertThat(done).containsOnlyOnce(true);
        }
        assertThat(stripe.refunds()).isEqualTo(before + 1);
        assertThat(stand.treasury.available(customer)).isEqualTo(FOUR);
    }

    @Test
    void anAnswerThatWasLostIsAskedForAndNothingIsGivenBackTwice() {
        TenantId customer = DatabaseFixture.aTenant();
        Payment payment = paid(customer);
        int before = stripe.refunds();
        stripe.loseNextAnswer(502);
        Refund refund = stand.office.refund(payment.id(), FOUR, "lost", PaymentsStand.BY);
        assertThat(refund.state()).isEqualTo(Refund.State.REQUESTED);
        stand.pass(Duration.ofMinutes(3));
        stand.watch.once();
        assertThat(stand.office.refunds(payment.id()).getFirst().state()).isEqualTo(Refund.State.SUCCEEDED);
        assertThat(stripe.refunds()).isEqualTo(before + 1);
        assertThat(stand.treasury.available(customer)).isEqualTo(SIX);
    }

    @Test
    void whatTheProviderRefusesOrABankSendsBackIsInTheWalletAgain() {
        TenantId customer = DatabaseFixture.aTenant();
        Payment payment = paid(customer);
        Refund sent = stand.office.refund(payment.id(), FOUR, "closed account", PaymentsStand.BY);
        String reference = Objects.requireNonNull(sent.reference());
        for (int i = 0; i < 3; i++) {
            tell("refund.failed", refund(payment, reference, sent.id().toString(), "failed", 400));
        }
        tell("refund.updated", refund(payment, reference, sent.id().toString(), "succeeded", 400));
        assertThat(stand.treasury.available(customer)).isEqualTo(TEN);
        assertThat(stand.office.refunds(payment.id()).getFirst().state()).isEqualTo(Refund.State.FAILED);
    }

    @Test
    void whatIsSpentIsNotGivenBack() {
        TenantId customer = DatabaseFixture.aTenant();
        Payment payment = paid(customer);
        stand.treasury.spend(customer, SIX);
        int before = stripe.refunds();
        assertThatThrownBy(() -> stand.office.refund(payment.id(), SIX, "late", PaymentsStand.BY))
                .hasMessageContaining("not there any more");
        assertThat(stand.office.refunds(payment.id())).isEmpty();
        assertThat(stripe.refunds()).isEqualTo(before);
    }

    @Test
    void oneMadeAtTheProvidersIsTakenFromTheWalletOnce() {
        TenantId customer = DatabaseFixture.aTenant();
        Payment payment = paid(customer);
        stand.treasury.spend(customer, SIX);
        tell("refund.created", refund(payment, "re_there", "", "succeeded", 500));
        tell("refund.updated", refund(payment, "re_there", "", "succeeded", 500));
        stand.pass(Duration.ofMinutes(2));
        stand.watch.once();
        stand.pass(Duration.ofMinutes(9));
        stand.watch.once();
        Refund refund = stand.office.refunds(payment.id()).getFirst();
        assertThat(refund.foreign()).isTrue();
        assertThat(refund.taken()).isEqualTo(FOUR);
        assertThat(stand.treasury.available(customer).nanos()).isZero();
    }

    @Test
    void aDisputeTakesWhatIsThereFlagsTheCustomerAndForbidsRefunds() {
        TenantId customer = DatabaseFixture.aTenant();
        Payment payment = paid(customer);
        stand.treasury.spend(customer, FOUR);
        tell("charge.dispute.created", dispute(payment, "dp_1", "needs_response", 1000));
        tell("charge.dispute.created", dispute(payment, "dp_1", "needs_response", 1000));
        stand.watch.once();
        stand.watch.once();
        assertThat(stand.office.disputedSince(customer)).contains(stand.now());
        assertThat(stand.treasury.available(customer).nanos()).isZero();
        assertThat(stand.office.disputes(payment.id()))
                .extracting(Dispute::taken)
                .containsExactly(SIX);
        assertThatThrownBy(() -> stand.office.refund(payment.id(), FOUR, "too", PaymentsStand.BY))
                .hasMessageContaining("disputed");
        tell("charge.dispute.closed", dispute(payment, "dp_1", "won", 1000));
        tell("charge.dispute.updated", dispute(payment, "dp_1", "under_review", 1000));
        stand.watch.once();
        assertThat(stand.treasury.available(customer)).isEqualTo(SIX);
        assertThat(stand.office.disputedSince(customer)).isEmpty();
        assertThat(stand.events)
                .filteredOn(event ->
                        event instanceof PaymentDisputed told && told.payment().equals(payment.id()))
                .extracting(event -> ((PaymentDisputed) event).state())
                .containsExactly(Dispute.State.OPEN, Dispute.State.WON);
    }

    @Test
    void aDisputeThatOvertakesItsPaymentBooksThatFirst() {
        TenantId customer = DatabaseFixture.aTenant();
        Payment payment = stand.begin(customer, TEN, "stripe");
        String session = Objects.requireNonNull(payment.reference());
        String intent = stripe.pay(session);
        Map<String, Object> early =
                Map.of("id", "dp_early", "payment_intent", intent, "amount", 1000, "currency", "usd", "status", "lost");
        tell("charge.dispute.closed", early);
        assertThat(stand.state(payment)).isEqualTo(Payment.State.PAID);
        tell(stripe.sessionEvent("evt_paid_after", "checkout.session.completed", session));
        assertThat(stand.office.disputes(payment.id())).hasSize(1);
        stand.watch.once();
        assertThat(stand.treasury.available(customer).nanos()).isZero();
        tell(
                "charge.dispute.created",
                Map.of(
                        "id",
                        "dp_other",
                        "payment_intent",
                        "pi_other",
                        "amount",
                        1,
                        "currency",
                        "usd",
                        "status",
                        "lost"));
        assertThat(stand.office.odd(100)).anyMatch(one -> "a dispute over pi_other".equals(one.detail()));
    }

    @Test
    void aDisputeThatIsToldAfterItWasLostStaysLost() {
        TenantId customer = DatabaseFixture.aTenant();
        Payment payment = paid(customer);
        tell("charge.dispute.closed", dispute(payment, "dp_2", "lost", 1000));
        tell("charge.dispute.created", dispute(payment, "dp_2", "needs_response", 1000));
        stand.watch.once();
        assertThat(stand.office.disputes(payment.id()))
                .extracting(Dispute::state)
                .containsExactly(Dispute.State.LOST);
        assertThat(stand.treasury.available(customer).nanos()).isZero();
        assertThat(stand.office.disputedSince(customer)).isPresent();
    }
}
