package dev.sampan.payments.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampan.accounts.Accounts;
import dev.sampan.accounts.Principal;
import dev.sampan.billing.Billing;
import dev.sampan.console.sample.SampleAccounts;
import dev.sampan.database.Database;
import dev.sampan.gateway.Call;
import dev.sampan.gateway.Purse;
import dev.sampan.gateway.Quantities;
import dev.sampan.gateway.internal.FakeModels;
import dev.sampan.integrity.Inspection;
import dev.sampan.integrity.Integrity;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Money;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.limits.Limiter;
import dev.sampan.payments.Notifications;
import dev.sampan.payments.Payment;
import dev.sampan.payments.PaymentSetup;
import dev.sampan.payments.Payments;
import dev.sampan.payments.simulator.StripeSimulator;
import dev.sampan.serving.Serving;
import dev.sampan.spec.PaymentsSpec;
import dev.sampan.testing.DatabaseFixture;
import dev.sampan.webhooks.Webhooks;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

/// The rooms of money as the platform starts them: what comes in by Stripe is spent by calls, booked in the
/// ledger, told to the team's programs, and leaves again.
class MoneyFromOutsideTests {
    @RegisterExtension
    static final DatabaseFixture DB = new DatabaseFixture();

    private static final Money ONE = Money.of("1.00", "CNY");
    private static final ActorId BY = new ActorId(Ulid.next());
    private static final String SECRET = "whsec_1";

    @TempDir
    Path home;

    private final StripeSimulator stripe = new StripeSimulator();
    private final SampleAccounts accounts = new SampleAccounts(false);
    private final TenantId customer = accounts.customers().getFirst().id();
    private AnnotationConfigApplicationContext platform;

    @BeforeEach
    void start() {
        platform = new AnnotationConfigApplicationContext();
        Map<String, Object> settings = Map.of(
                "sampan.home", home.toString(), "sampan.gateway.port", "0", "sampan.webhooks.allow-private", "true");
        platform.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", settings));
        platform.registerBean(Database.class, DB::database);
        platform.registerBean(Accounts.class, () -> accounts);
        platform.registerBean(Serving.class, FakeModels::new);
        platform.registerBean(Limiter.class, () -> Limiter.OPEN);
        platform.registerBean(InstantSource.class, InstantSource::system);
        Stream.of("trust", "integrity", "suppliers", "gateway", "metering", "billing", "payments", "webhooks")
                .forEach(room -> platform.scan("dev.sampan." + room + ".internal"));
        platform.refresh();
        platform.getBean(Billing.class).setPrice(FakeModels.MODEL, "客服意图识别", Money.of("0.002", "CNY"), BY);
    }

    @AfterEach
    void stop() {
        assertThat(platform.getBean(Integrity.class).inspect().results()).allMatch(Inspection.Result::sound);
        platform.close();
        stripe.close();
    }

    private Money available() {
        return platform.getBean(Billing.class).balance(customer).available();
    }

    private int tell(byte[] body) {
        var sent = StripeSimulator.sent(body, SECRET, Instant.now());
        return platform.getBean(Notifications.class)
                .take("stripe", sent.headers(), sent.body())
                .status();
    }

    /// A call that costs 0.4 CNY.
    private boolean call() {
        Purse purse = platform.getBean(Purse.class);
        Call call = new Call(
                Ulid.next(),
                new Principal(customer, customer.value(), "key"),
                FakeModels.MODEL,
                Quantities.units(200),
                System.currentTimeMillis());
        return switch (purse.reserve(call).toCompletableFuture().join()) {
            case Purse.Held held -> {
                purse.settle(held, Quantities.units(200), null)
                        .toCompletableFuture()
                        .join();
                yield true;
            }
            case Purse.Refused _ -> false;
        };
    }

    @Test
    void comesInIsSpentIsToldAndLeavesAgain() {
        assertThat(call()).as("without money").isFalse();
        platform.getBean(Webhooks.class).add(URI.create("http://127.0.0.1:1/hook"), BY);
        platform.getBean(PaymentSetup.class)
                .apply(
                        new PaymentsSpec(
                                URI.create("https://console.example.com"),
                                7,
                                List.of(new PaymentsSpec.Stripe(
                                        "stripe",
                                        stripe.address(),
                                        List.of(Currency.getInstance("CNY")),
                                        "KEY",
                                        List.of("HOOK")))),
                        Map.of("KEY", StripeSimulator.KEY, "HOOK", SECRET),
                        BY);
        Payments payments = platform.getBean(Payments.class);
        Payment payment = payments.begin(payments.createLink(customer, ONE, BY), "stripe");
        String session = Objects.requireNonNull(payment.reference());
        stripe.pay(session);
        byte[] completed = stripe.sessionEvent("evt_1", "checkout.session.completed", session);
        for (int i = 0; i < 3; i++) {
            assertThat(tell(completed)).isEqualTo(200);
        }
        assertThat(available()).isEqualTo(ONE);
        assertThat(call()).isTrue();
        assertThat(available()).isEqualTo(Money.of("0.6", "CNY"));

        assertThatThrownBy(() -> payments.refund(payment.id(), Money.of("0.61", "CNY"), "x", BY))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("cannot be taken back");
        payments.refund(payment.id(), Money.of("0.6", "CNY"), "rest", BY);
        assertThat(available().nanos()).isZero();
        assertThat(stripe.refunds()).isEqualTo(1);
        assertThat(call()).as("all is gone").isFalse();
        assertThat(platform.getBean(Webhooks.class).deliveries(10))
                .extracting(Webhooks.Delivery::type)
                .containsExactlyInAnyOrder("refund.made", "payment.received", "credit.granted");
        tamper("payments.credited_once", "update payments.inbox set outcome = 'ignored' where outcome = 'credited'");
        DB.owner()
                .sql("update payments.inbox set outcome = 'credited' where event_id = 'evt_1'")
                .update();
    }

    /// An inspection finds it.
    private void tamper(String invariant, String change) {
        DB.owner().sql(change).update();
        assertThat(platform.getBean(Integrity.class).inspect().results())
                .filteredOn(result -> !result.sound())
                .extracting(Inspection.Result::id)
                .containsExactly(invariant);
    }
}
