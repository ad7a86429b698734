package dev.sampan.payments.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampan.kernel.Money;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.TenantId;
import dev.sampan.payments.Payment;
import dev.sampan.payments.Payment.State;
import dev.sampan.payments.Refund;
import dev.sampan.payments.internal.provider.PaymentProvider.Movement;
import dev.sampan.payments.simulator.Rsa;
import dev.sampan.payments.simulator.StripeSimulator.Sent;
import dev.sampan.payments.simulator.WeChatSimulator;
import dev.sampan.spec.PaymentsSpec;
import dev.sampan.spec.PaymentsSpec.PlatformKey;
import dev.sampan.testing.DatabaseFixture;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Money by WeChat Pay, against a server that signs and seals as its documents say.
class WeChatTests {
    @RegisterExtension
    static final DatabaseFixture DB = new DatabaseFixture();

    private static final Money AMOUNT = Money.of("88.80", "CNY");
    private static final Rsa FORMER = Rsa.fresh();

    private static WeChatSimulator weChat;
    private static PaymentsStand stand;

    @BeforeAll
    static void open() {
        weChat = new WeChatSimulator(WeChatTests::now);
        PaymentsSpec spec = new PaymentsSpec(
                URI.create("https://console.example.com"),
                7,
                List.of(new PaymentsSpec.WeChat(
                        "wechat",
                        weChat.address(),
                        WeChatSimulator.APP,
                        WeChatSimulator.MERCHANT,
                        WeChatSimulator.SERIAL,
                        "OWN",
                        "API",
                        List.of(
                                new PlatformKey(WeChatSimulator.PLATFORM, "PLATFORM"),
                                new PlatformKey("PUB_KEY_ID_0000", "FORMER")))));
        stand = new PaymentsStand(
                DB,
                "CNY",
                spec,
                Map.of(
                        "OWN",
                        weChat.merchant.privatePem(),
                        "API",
                        WeChatSimulator.API_KEY,
                        "PLATFORM",
                        weChat.platform.publicPem(),
                        "FORMER",
                        FORMER.publicPem()));
    }

    private static Instant now() {
        return stand.now();
    }

    @AfterAll
    static void close() {
        stand.close();
        weChat.close();
    }

    private static int tell(Sent sent) {
        return stand.tell("wechat", sent.body(), sent.headers()).status();
    }

    private static Payment begun(TenantId customer) {
        return stand.begin(customer, AMOUNT, "wechat");
    }

    private static Payment paid(TenantId customer) {
        Payment payment = begun(customer);
        weChat.pay(payment.id().toString());
        tell(weChat.sent(weChat.paid("EV-" + payment.id(), payment.id().toString()), now()));
        return stand.office.payment(payment.id()).orElseThrow();
    }

    @Test
    void aCodeIsScannedAndItsMoneyCreditsOnce() {
        TenantId customer = DatabaseFixture.aTenant();
        Payment payment = begun(customer);
        assertThat(PaymentsStand.shown(payment).qr()).isEqualTo("weixin://wxpay/bizpayurl?pr=" + payment.id());
        weChat.pay(payment.id().toString());
        for (int i = 0; i < 5; i++) {
            byte[] body =
                    weChat.paid("EV-" + (i % 3) + payment.id(), payment.id().toString());
            assertThat(tell(weChat.sent(body, now()))).isEqualTo(200);
        }
        assertThat(stand.treasury.available(customer)).isEqualTo(AMOUNT);
        assertThat(stand.office.payment(payment.id()).orElseThrow().paidAs()).isEqualTo("4200" + payment.id());
    }

    @Test
    void whatIsNotSignedSealedAndFreshChangesNothing() {
        TenantId customer = DatabaseFixture.aTenant();
        Payment payment = begun(customer);
        String id = payment.id().toString();
        weChat.pay(id);
        byte[] body = weChat.paid("EV-forged", id);
        byte[] otherSeal = WeChatSimulator.sealed(
                "EV-seal", "TRANSACTION.SUCCESS", Map.of("out_trade_no", id), "fedcba9876543210fedcba9876543210");
        List<Sent> bad = List.of(
                WeChatSimulator.sentBy(body, now(), Rsa.fresh(), WeChatSimulator.PLATFORM),
                WeChatSimulator.sentBy(body, now(), weChat.platform, "PUB_KEY_ID_9999"),
                weChat.sent(body, now().minusSeconds(301)),
                new Sent(weChat.paid("EV-other", id), weChat.sent(body, now()).headers()),
                new Sent(body, Map.of()),
                weChat.sent(otherSeal, now()),
                weChat.sent("{}".getBytes(StandardCharsets.UTF_8), now()));
        assertThat(bad).allSatisfy(one -> assertThat(tell(one)).isEqualTo(401));
        assertThat(stand.treasury.available(customer).nanos()).isZero();
        assertThat(tell(WeChatSimulator.sentBy(body, now(), FORMER, "PUB_KEY_ID_0000")))
                .as("a key that is rotated")
                .isEqualTo(200);
        assertThat(stand.treasury.available(customer)).isEqualTo(AMOUNT);
    }

    @Test
    void anothersMoneyOrAnotherAmountCreditsNothing() {
        TenantId customer = DatabaseFixture.aTenant();
        Payment less = begun(customer);
        weChat.put(less.id().toString(), "amount", Map.of("total", 1L, "currency", "CNY"));
        weChat.pay(less.id().toString());
        tell(weChat.sent(weChat.paid("EV-less", less.id().toString()), now()));
        Payment other = begun(customer);
        weChat.put(other.id().toString(), "mchid", "1900000099");
        weChat.pay(other.id().toString());
        tell(weChat.sent(weChat.paid("EV-merchant", other.id().toString()), now()));
        assertThat(stand.treasury.available(customer).nanos()).isZero();
        assertThat(stand.office.told(less.id(), 5).getFirst().outcome()).isEqualTo("mismatch");
    }

    @Test
    void anAnswerThatIsNotSignedIsNotBelieved() {
        TenantId customer = DatabaseFixture.aTenant();
        Payment payment = begun(customer);
        weChat.pay(payment.id().toString());
        weChat.sayUnsigned(true);
        try {
            assertThat(stand.office.ask(payment.id()).state()).isEqualTo(State.OPEN);
        } finally {
            weChat.sayUnsigned(false);
        }
        stand.pass(Duration.ofSeconds(6));
        assertThat(stand.office.ask(payment.id()).state()).isEqualTo(State.PAID);
        assertThat(stand.treasury.available(customer)).isEqualTo(AMOUNT);
    }

    @Test
    void aRefundIsAcceptedAndDoneWhenItIsTold() {
        TenantId customer = DatabaseFixture.aTenant();
        Payment payment = paid(customer);
        Refund refund = stand.office.refund(payment.id(), Money.of("8.80", "CNY"), "重复下单", PaymentsStand.BY);
        assertThat(refund.state()).isEqualTo(Refund.State.ACCEPTED);
        byte[] done = weChat.refundDone("EV-r" + refund.id(), refund.id().toString(), "SUCCESS");
        tell(weChat.sent(done, now()));
        tell(weChat.sent(done, now()));
        assertThat(stand.office.refunds(payment.id()).getFirst().state()).isEqualTo(Refund.State.SUCCEEDED);
        assertThat(stand.treasury.available(customer)).isEqualTo(Money.of("80", "CNY"));
    }

    @Test
    void aRefundThatWasClosedIsInTheWalletAgain() {
        TenantId customer = DatabaseFixture.aTenant();
        Payment payment = paid(customer);
        Refund refund = stand.office.refund(payment.id(), Money.of("8.80", "CNY"), "x", PaymentsStand.BY);
        tell(weChat.sent(weChat.refundDone("EV-c" + refund.id(), refund.id().toString(), "CLOSED"), now()));
        assertThat(stand.treasury.available(customer)).isEqualTo(AMOUNT);
    }

    @Test
    void aPaymentBegunElsewhereIsClosedHereAndACodeThatNobodyScannedExpires() {
        TenantId customer = DatabaseFixture.aTenant();
        Payment payment = begun(customer);
        stand.pass(Duration.ofHours(3));
        stand.watch.once();
        assertThat(stand.state(payment)).isEqualTo(State.EXPIRED);
    }

    @Test
    void theDaysBillTellsPaymentsAndRefunds() {
        TenantId customer = DatabaseFixture.aTenant();
        Payment payment = paid(customer);
        Refund refund = stand.office.refund(payment.id(), Money.of("8.80", "CNY"), "x", PaymentsStand.BY);
        List<Movement> movements = stand.book.provider("wechat").movements(LocalDate.of(2026, 11, 24));
        assertThat(movements)
                .contains(new Movement(Movement.Kind.PAYMENT, payment.id().toString(), "4200" + payment.id(), AMOUNT))
                .anySatisfy(one -> {
                    assertThat(one.kind()).isEqualTo(Movement.Kind.REFUND);
                    assertThat(one.id()).isEqualTo(refund.id().toString());
                    assertThat(one.amount()).isEqualTo(Money.of("8.80", "CNY"));
                });
    }

    @Test
    void aKeyOfTheWrongLengthIsRefusedWhenTheFileIsApplied() {
        assertThatThrownBy(() -> stand.book.apply(
                        stand.book.spec(),
                        Map.of(
                                "OWN",
                                weChat.merchant.privatePem(),
                                "API",
                                "short",
                                "PLATFORM",
                                weChat.platform.publicPem(),
                                "FORMER",
                                FORMER.publicPem()),
                        PaymentsStand.BY))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("5 bytes, not 32");
    }
}
