package dev.sampan.payments.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampan.kernel.Money;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.TenantId;
import dev.sampan.payments.Payment;
import dev.sampan.payments.Payment.State;
import dev.sampan.payments.PaymentReceived;
import dev.sampan.payments.simulator.StripeSimulator;
import dev.sampan.payments.simulator.StripeSimulator.Sent;
import dev.sampan.spec.PaymentsSpec;
import dev.sampan.testing.DatabaseFixture;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Money by Stripe, from the link to the wallet, whatever its notifications do.
class StripeTests {
    @RegisterExtension
    static final DatabaseFixture DB = new DatabaseFixture();

    private static final Money TEN = Money.of("10.00", "USD");
    private static final String SECRET = "whsec_new";
    private static final String FORMER = "whsec_former";
    private static final String COMPLETED = "checkout.session.completed";

    private static StripeSimulator stripe;
    private static PaymentsStand stand;

    @BeforeAll
    static void open() {
        stripe = new StripeSimulator();
        PaymentsSpec spec = new PaymentsSpec(
                URI.create("https://console.example.com"),
                7,
                List.of(new PaymentsSpec.Stripe(
                        "stripe",
                        stripe.address(),
                        List.of(Currency.getInstance("USD")),
                        "KEY",
                        List.of("HOOK", "FORMER"))));
        stand = new PaymentsStand(
                DB, "USD", spec, Map.of("KEY", StripeSimulator.KEY, "HOOK", SECRET, "FORMER", FORMER));
    }

    @AfterAll
    static void close() {
        stand.close();
        stripe.close();
    }

    private static String session(Payment payment) {
        return Objects.requireNonNull(payment.reference());
    }

    private static Sent sent(byte[] body) {
        return StripeSimulator.sent(body, SECRET, stand.now());
    }

    private static int tell(Sent sent) {
        return stand.tell("stripe", sent.body(), sent.headers()).status();
    }

    private static int tellPaid(Payment payment, String event) {
        stripe.pay(session(payment));
        return tell(sent(stripe.sessionEvent(event, COMPLETED, session(payment))));
    }

    @Test
    void creditsOnceWhenTheSameEventComesFiveTimesInAnyOrder() throws Exception {
        TenantId customer = DatabaseFixture.aTenant();
        Payment payment = stand.begin(customer, TEN, "stripe");
        stripe.pay(session(payment));
        List<Callable<Integer>> tellings = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            for (String type : List.of(COMPLETED, "checkout.session.async_payment_succeeded")) {
                byte[] body = stripe.sessionEvent("evt_5_" + type, type, session(payment));
                tellings.add(() -> tell(sent(body)));
            }
        }
        Collections.shuffle(tellings, new Random(7));
        try (ExecutorService five = Executors.newFixedThreadPool(5)) {
            for (var told : five.invokeAll(tellings)) {
                assertThat(told.get()).isEqualTo(200);
            }
        }
        assertThat(stand.treasury.available(customer)).isEqualTo(TEN);
        assertThat(stand.treasury.references(customer)).containsExactly("payment/" + payment.id());
        assertThat(stand.events)
                .filteredOn(event -> event instanceof PaymentReceived received
                        && received.tenant().equals(customer))
                .hasSize(1);
        assertThat(stand.office.told(payment.id(), 10))
                .extracting("outcome")
                .containsExactlyInAnyOrder("credited", "repeated");
    }

    @Test
    void aSessionThatIsCompleteButUnpaidCreditsWhenItIsPaid() {
        TenantId customer = DatabaseFixture.aTenant();
        Payment payment = stand.begin(customer, TEN, "stripe");
        stripe.completeUnpaid(session(payment));
        assertThat(tell(sent(stripe.sessionEvent("evt_unpaid", COMPLETED, session(payment)))))
                .isEqualTo(200);
        assertThat(stand.treasury.available(customer).nanos()).isZero();
        assertThat(stand.state(payment)).isEqualTo(State.OPEN);
        stripe.pay(session(payment));
        tell(sent(stripe.sessionEvent("evt_later", "checkout.session.async_payment_succeeded", session(payment))));
        assertThat(stand.treasury.available(customer)).isEqualTo(TEN);
        tell(sent(stripe.sessionEvent("evt_failed", "checkout.session.async_payment_failed", session(payment))));
        assertThat(stand.state(payment)).isEqualTo(State.PAID);
    }

    @Test
    void paidThreeDaysLateAndAfterItsTimeCreditsAllTheSame() {
        TenantId customer = DatabaseFixture.aTenant();
        Payment payment = stand.begin(customer, TEN, "stripe");
        stand.pass(Duration.ofHours(3));
        stand.watch.once();
        assertThat(stand.state(payment)).isEqualTo(State.EXPIRED);
        stand.pass(Duration.ofDays(3));
        assertThat(tellPaid(payment, "evt_late")).isEqualTo(200);
        assertThat(stand.treasury.available(customer)).isEqualTo(TEN);
    }

    @Test
    void whatIsNotSignedByStripeAndFreshChangesNothing() {
        TenantId customer = DatabaseFixture.aTenant();
        Payment payment = stand.begin(customer, TEN, "stripe");
        stripe.pay(session(payment));
        byte[] body = stripe.sessionEvent("evt_forged", COMPLETED, session(payment));
        byte[] other = stripe.sessionEvent("evt_forged_2", COMPLETED, session(payment));
        Sent good = sent(body);
        List<Sent> bad = List.of(
                StripeSimulator.sent(body, "whsec_guessed", stand.now()),
                StripeSimulator.sent(body, SECRET, stand.now().minusSeconds(301)),
                StripeSimulator.sent(body, SECRET, stand.now().plusSeconds(301)),
                new Sent(other, good.headers()),
                new Sent(body, Map.of()),
                new Sent(body, Map.of("stripe-signature", "t=,v1=")),
                new Sent(body, Map.of("stripe-signature", "t=99999999999999999999,v1=00")),
                sent("no json".getBytes(StandardCharsets.UTF_8)));
        assertThat(bad).allSatisfy(one -> assertThat(tell(one)).isEqualTo(400));
        assertThat(stand.treasury.available(customer).nanos()).isZero();
        assertThat(stand.office.told(payment.id(), 10)).isEmpty();
        assertThat(tell(good)).isEqualTo(200);
        assertThat(stand.treasury.available(customer)).isEqualTo(TEN);
    }

    @Test
    void theFormerSecretIsTakenWhileItIsRotated() {
        TenantId customer = DatabaseFixture.aTenant();
        Payment payment = stand.begin(customer, TEN, "stripe");
        stripe.pay(session(payment));
        byte[] body = stripe.sessionEvent("evt_former", COMPLETED, session(payment));
        assertThat(tell(StripeSimulator.sent(body, FORMER, stand.now()))).isEqualTo(200);
        assertThat(stand.treasury.available(customer)).isEqualTo(TEN);
    }

    @Test
    void anEmptyWebhookSecretIsRefused() {
        PaymentsSpec spec = stand.book.spec();
        assertThatThrownBy(() ->
                        stand.book.apply(spec, Map.of("KEY", "sk", "HOOK", " ", "FORMER", FORMER), PaymentsStand.BY))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("HOOK");
    }

    @Test
    void anotherAmountOrCurrencyThanAskedCreditsNothingAndIsShown() {
        TenantId customer = DatabaseFixture.aTenant();
        Payment less = stand.begin(customer, TEN, "stripe");
        stripe.put(session(less), "amount_total", 999L);
        assertThat(tellPaid(less, "evt_less")).isEqualTo(200);
        Payment euro = stand.begin(customer, TEN, "stripe");
        stripe.put(session(euro), "currency", "eur");
        assertThat(tellPaid(euro, "evt_euro")).isEqualTo(200);
        assertThat(stand.treasury.available(customer).nanos()).isZero();
        assertThat(stand.office.told(less.id(), 10).getFirst().outcome()).isEqualTo("mismatch");
        assertThat(stand.office.told(euro.id(), 10).getFirst().detail()).contains("10 EUR came, 10 USD was asked");
    }

    @Test
    void aCreditThatFailsIsNotAnsweredAndComesAgain() {
        TenantId customer = DatabaseFixture.aTenant();
        Payment payment = stand.begin(customer, TEN, "stripe");
        stripe.pay(session(payment));
        byte[] body = stripe.sessionEvent("evt_fails", COMPLETED, session(payment));
        stand.treasury.failNext(1);
        assertThatThrownBy(() -> tell(sent(body))).hasMessage("the books are closed");
        assertThat(stand.treasury.available(customer).nanos()).isZero();
        assertThat(stand.state(payment)).isEqualTo(State.OPEN);
        assertThat(stand.office.told(payment.id(), 10)).isEmpty();
        assertThat(tell(sent(body))).isEqualTo(200);
        assertThat(stand.treasury.available(customer)).isEqualTo(TEN);
    }

    @Test
    void whatWasNeverToldIsAskedForAndToldLaterCreditsNothingMore() {
        TenantId customer = DatabaseFixture.aTenant();
        Payment payment = stand.begin(customer, TEN, "stripe");
        stripe.pay(session(payment));
        stand.pass(Duration.ofMinutes(2));
        stand.watch.once();
        assertThat(stand.treasury.available(customer)).isEqualTo(TEN);
        assertThat(tellPaid(payment, "evt_after_asking")).isEqualTo(200);
        assertThat(stand.treasury.available(customer)).isEqualTo(TEN);
    }

    @Test
    void expiredIsBelievedOnlyWhenStripeStillSaysSo() {
        TenantId customer = DatabaseFixture.aTenant();
        Payment payment = stand.begin(customer, TEN, "stripe");
        stripe.put(session(payment), "status", "expired");
        byte[] expired = stripe.sessionEvent("evt_expired", "checkout.session.expired", session(payment));
        stripe.pay(session(payment));
        assertThat(tell(sent(expired))).isEqualTo(200);
        assertThat(stand.state(payment)).isEqualTo(State.PAID);
        assertThat(stand.treasury.available(customer)).isEqualTo(TEN);
    }

    @Test
    void eventsOfOthersOnTheSameAccountAreTakenAndChangeNothing() {
        byte[] foreign = StripeSimulator.event(
                "evt_foreign",
                COMPLETED,
                Map.of(
                        "id",
                        "cs_x",
                        "payment_status",
                        "paid",
                        "client_reference_id",
                        "order-17",
                        "payment_intent",
                        "pi_x",
                        "amount_total",
                        1000,
                        "currency",
                        "usd"));
        assertThat(tell(sent(foreign))).isEqualTo(200);
        assertThat(tell(sent(StripeSimulator.event("evt_kind", "customer.created", Map.of("id", "cus_1")))))
                .isEqualTo(200);
    }

    @Test
    void beginningTwiceGoesOnWithTheSameSessionEvenIfTheFirstAnswerWasLost() {
        TenantId customer = DatabaseFixture.aTenant();
        var link = stand.link(customer, TEN);
        stripe.loseNextAnswer(500);
        assertThatThrownBy(() -> stand.office.begin(link, "stripe")).hasMessageContaining("does not answer");
        Payment first = stand.office.begin(link, "stripe");
        Payment second = stand.office.begin(link, "stripe");
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(stand.office.paymentsOf(link.id())).hasSize(1);
        tellPaid(first, "evt_twice_begun");
        assertThatThrownBy(() -> stand.office.begin(link, "stripe")).hasMessageContaining("has been paid");
    }
}
