package dev.sampan.payments.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampan.kernel.Money;
import dev.sampan.kernel.TenantId;
import dev.sampan.payments.Notifications.Answer;
import dev.sampan.payments.Payment;
import dev.sampan.payments.Payment.State;
import dev.sampan.payments.Refund;
import dev.sampan.payments.simulator.AlipaySimulator;
import dev.sampan.payments.simulator.Rsa;
import dev.sampan.payments.simulator.StripeSimulator.Sent;
import dev.sampan.spec.PaymentsSpec;
import dev.sampan.spec.PaymentsSpec.Show;
import dev.sampan.testing.DatabaseFixture;
import java.net.URI;
import java.time.Duration;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Money by Alipay and by bank transfer.
class AlipayTests {
    @RegisterExtension
    static final DatabaseFixture DB = new DatabaseFixture();

    private static final Money AMOUNT = Money.of("0.10", "CNY");

    private static AlipaySimulator alipay;
    private static PaymentsStand stand;

    @BeforeAll
    static void open() {
        alipay = new AlipaySimulator();
        PaymentsSpec spec = new PaymentsSpec(
                URI.create("https://console.example.com"),
                7,
                List.of(
                        provider("alipay", Show.QR),
                        provider("page", Show.PAGE),
                        new PaymentsSpec.Bank(
                                "bank", List.of(Currency.getInstance("CNY")), List.of("海港科技", "6222 0000"))));
        stand = new PaymentsStand(
                DB, "CNY", spec, Map.of("OWN", alipay.app.privatePem(), "THEIRS", alipay.alipay.publicBare()));
    }

    private static PaymentsSpec.Alipay provider(String name, Show show) {
        return new PaymentsSpec.Alipay(
                name, alipay.address(), AlipaySimulator.APP, null, "OWN", List.of("THEIRS"), show);
    }

    @AfterAll
    static void close() {
        stand.close();
        alipay.close();
    }

    private static Answer tell(Sent sent) {
        return stand.tell("alipay", sent.body(), sent.headers());
    }

    private static Payment paid(TenantId customer) {
        Payment payment = stand.begin(customer, AMOUNT, "alipay");
        alipay.pay(payment.id().toString());
        tell(alipay.sent(alipay.told("n" + payment.id(), payment.id().toString())));
        return stand.office.payment(payment.id()).orElseThrow();
    }

    @Test
    void aCodeIsScannedAndItsMoneyCreditsOnce() {
        TenantId customer = DatabaseFixture.aTenant();
        Payment payment = stand.begin(customer, AMOUNT, "alipay");
        assertThat(PaymentsStand.shown(payment).qr()).startsWith("https://qr.alipay.com/" + payment.id());
        alipay.pay(payment.id().toString());
        for (int i = 0; i < 5; i++) {
            Answer answer = tell(alipay.sent(
                    alipay.told("n" + i % 2 + payment.id(), payment.id().toString())));
            assertThat(answer.body()).isEqualTo("success");
        }
        stand.pass(Duration.ofDays(3));
        tell(alipay.sent(alipay.told("late" + payment.id(), payment.id().toString())));
        assertThat(stand.treasury.available(customer)).isEqualTo(AMOUNT);
    }

    @Test
    void whatIsNotSignedByAlipayChangesNothing() {
        TenantId customer = DatabaseFixture.aTenant();
        Payment payment = stand.begin(customer, AMOUNT, "alipay");
        String id = payment.id().toString();
        alipay.pay(id);
        Map<String, String> told = alipay.told("forged", id);
        Map<String, String> dearer = new java.util.HashMap<>(told);
        Sent good = alipay.sent(told);
        dearer.put("total_amount", "10000.00");
        dearer.put("sign", "AAAA");
        dearer.put("sign_type", "RSA2");
        List<Sent> bad = List.of(
                AlipaySimulator.sentBy(told, Rsa.fresh()),
                AlipaySimulator.body(dearer),
                AlipaySimulator.body(told),
                new Sent((new String(good.body()) + "&total_amount=1").getBytes(), Map.of()),
                new Sent("%%%".getBytes(), Map.of()));
        assertThat(bad).allSatisfy(one -> assertThat(tell(one).status()).isEqualTo(400));
        Map<String, String> other = alipay.told("other-app", id);
        other.put("app_id", "2026000000000000");
        assertThat(tell(alipay.sent(other)).body()).isEqualTo("success");
        assertThat(stand.treasury.available(customer).nanos()).isZero();
        assertThat(tell(good).body()).isEqualTo("success");
        assertThat(stand.treasury.available(customer)).isEqualTo(AMOUNT);
    }

    @Test
    void refundsAreOurOwnEvenIfAlipayTellsTheirSum() {
        TenantId customer = DatabaseFixture.aTenant();
        Payment payment = paid(customer);
        Refund first = stand.office.refund(payment.id(), Money.of("0.03", "CNY"), "a", PaymentsStand.BY);
        Refund second = stand.office.refund(payment.id(), Money.of("0.02", "CNY"), "b", PaymentsStand.BY);
        assertThat(first.state()).isEqualTo(Refund.State.SUCCEEDED);
        String id = payment.id().toString();
        tell(alipay.sent(alipay.toldRefund("r2" + id, id, second.id().toString(), "0.05")));
        tell(alipay.sent(alipay.toldRefund("r1" + id, id, first.id().toString(), "0.03")));
        assertThat(stand.office.refunds(payment.id())).hasSize(2);
        assertThat(stand.treasury.available(customer)).isEqualTo(Money.of("0.05", "CNY"));
        alipay.refundThere("by-hand", "0.01");
        tell(alipay.sent(alipay.toldRefund("r3" + id, id, "by-hand", "0.06")));
        stand.pass(Duration.ofMinutes(2));
        stand.watch.once();
        assertThat(stand.treasury.available(customer)).isEqualTo(Money.of("0.04", "CNY"));
    }

    @Test
    void anAnswerWithTheSignatureOfAnotherIsNotBelieved() {
        TenantId customer = DatabaseFixture.aTenant();
        Payment payment = stand.begin(customer, AMOUNT, "alipay");
        alipay.pay(payment.id().toString());
        alipay.mixUpSignatures(true);
        try {
            assertThat(stand.office.ask(payment.id()).state()).isEqualTo(State.OPEN);
        } finally {
            alipay.mixUpSignatures(false);
        }
        stand.pass(Duration.ofSeconds(6));
        assertThat(stand.office.ask(payment.id()).state()).isEqualTo(State.PAID);
    }

    @Test
    void anotherWayToPayClosesTheFirstAndAlipaysOwnPageIsASignedAddress() {
        TenantId customer = DatabaseFixture.aTenant();
        var link = stand.link(customer, AMOUNT);
        Payment first = stand.office.begin(link, "alipay");
        alipay.put(first.id().toString(), "trade_status", "WAIT_BUYER_PAY");
        Payment second = stand.office.begin(link, "page");
        assertThat(stand.state(first)).isIn(State.CLOSED, State.EXPIRED);
        assertThat(PaymentsStand.shown(second).page())
                .startsWith(alipay.address() + "?")
                .contains("alipay.trade.page.pay", "sign=");
    }

    @Test
    void aTransferIsMarkedOnceAndOnlyInItsAmount() {
        TenantId customer = DatabaseFixture.aTenant();
        Payment payment = stand.begin(customer, AMOUNT, "bank");
        assertThat(PaymentsStand.shown(payment).lines())
                .hasSize(3)
                .last()
                .asString()
                .startsWith("SP-");
        assertThat(org.assertj.core.api.Assertions.catchThrowable(
                        () -> stand.office.arrived(payment.id(), Money.of("0.11", "CNY"), "line 1", PaymentsStand.BY)))
                .hasMessageContaining("0.11 CNY arrived, but 0.1 CNY was asked");
        stand.office.arrived(payment.id(), AMOUNT, "line 1", PaymentsStand.BY);
        assertThat(org.assertj.core.api.Assertions.catchThrowable(
                        () -> stand.office.arrived(payment.id(), AMOUNT, "line 1", PaymentsStand.BY)))
                .hasMessageContaining("booked before");
        assertThat(stand.treasury.available(customer)).isEqualTo(AMOUNT);
    }
}
