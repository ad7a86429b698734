package dev.sampan.billing.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampan.billing.BalanceLow;
import dev.sampan.billing.Fund;
import dev.sampan.billing.FundUnit;
import dev.sampan.billing.Funds;
import dev.sampan.billing.Funds.Grant;
import dev.sampan.billing.Invoice;
import dev.sampan.gateway.Meter;
import dev.sampan.gateway.Purse;
import dev.sampan.gateway.Quantities;
import dev.sampan.kernel.Money;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.testing.DatabaseFixture;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Funds, as the door and the books see them.
class FundTests {
    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant END = Instant.parse("2026-12-01T00:00:00Z");

    @RegisterExtension
    static final DatabaseFixture DB = new DatabaseFixture();

    @TempDir
    static Path folder;

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private Till till;
    private @Nullable Till other;
    private TenantId customer;

    @BeforeEach
    void open() {
        till = new Till(folder.resolve("one"), DB.database(), now::get);
        customer = new TenantId(Ulid.next());
    }

    @AfterEach
    void close() throws IOException {
        till.close();
        if (other != null) {
            other.close();
        }
        Books.check(DB.owner());
    }

    private Fund grant(Fund.Kind kind, String unit, long amount, Set<String> models) {
        Grant grant = new Grant(
                customer,
                kind,
                new FundUnit(unit),
                amount,
                models,
                kind.priority(),
                START,
                END,
                kind + "/" + unit + "/" + models);
        return DB.database().asPlatform(tx -> till.funds.grant(tx, grant, OneCustomer.ACTOR));
    }

    private Funds.State state(Fund fund) {
        till.opened.journal().flush();
        return till.funds.of(customer).stream()
                .filter(state -> state.fund().equals(fund))
                .findFirst()
                .orElseThrow();
    }

    private static Money yuan(String amount) {
        return Money.of(amount, "CNY");
    }

    @Test
    void includedUnitsPayFirstAndCostNothingThenTheWalletPays() {
        till.billing.grantTrialCredit(customer, yuan("0.01"), OneCustomer.ACTOR);
        Fund fund = grant(Fund.Kind.INCLUDED, "unit", 10, Set.of());
        assertThat(till.pay(customer, 7)).isTrue();
        assertThat(till.billing.balance(customer).available()).isEqualTo(yuan("0.01"));
        assertThat(till.pay(customer, 4))
                .as("too much for what is left of the allowance")
                .isTrue();
        assertThat(till.billing.balance(customer).available()).isEqualTo(yuan("0.002"));
        assertThat(till.pay(customer, 3)).as("a smaller call still fits").isTrue();
        assertThat(till.pay(customer, 1)).isTrue();
        assertThat(till.pay(customer, 1)).isFalse();
        assertThat(state(fund).used()).isEqualTo(10);
        assertThat(state(fund).available()).isZero();

        Invoice invoice = till.billing.issueInvoice(customer, OneCustomer.ACTOR).orElseThrow();
        assertThat(invoice.lines())
                .extracting(line ->
                        line.units() + " " + line.exact() + " " + fund.id().equals(line.fund()))
                .containsExactlyInAnyOrder("10 0 CNY true", "5 0.01 CNY false");
        assertThat(till.billing.invoice(customer, invoice.number())).contains(invoice);
    }

    @Test
    void aFundPaysForItsModelsAndItsKindOfCallsAlone() {
        Fund elsewhere = grant(Fund.Kind.BUNDLE, "unit", 10, Set.of("another"));
        Fund pictures = grant(Fund.Kind.BUNDLE, "image", 10, Set.of());
        Fund dollars = grant(Fund.Kind.BUNDLE, "USD", 1_000_000_000_000L, Set.of());
        assertThat(till.pay(customer, 1)).isFalse();
        Fund here = grant(Fund.Kind.PROMOTION, "request", 2, Set.of("another", Till.MODEL));
        assertThat(till.pay(customer, 500))
                .as("a call is a call, whatever it uses")
                .isTrue();
        for (Fund untouched : List.of(elsewhere, pictures, dollars)) {
            assertThat(state(untouched).used()).isZero();
        }
        assertThat(state(here).used()).isEqualTo(1);
    }

    @Test
    void aLineOfCreditIsSpentNowAndOwedOnTheInvoice() {
        Fund line = grant(Fund.Kind.CREDIT_LINE, "CNY", yuan("0.05").nanos(), Set.of());
        assertThat(till.pay(customer, 20)).isTrue();
        assertThat(till.pay(customer, 6)).as("the line is used up").isFalse();
        assertThat(till.billing.balance(customer).available()).isEqualTo(yuan("0"));
        assertThat(state(line).available()).isEqualTo(yuan("0.01").nanos());
        Invoice invoice = till.billing.issueInvoice(customer, OneCustomer.ACTOR).orElseThrow();
        assertThat(invoice.due()).isEqualTo("0.04");
        assertThat(invoice.paidByCredit()).isEqualTo("0.00");
        assertThatThrownBy(() -> grant(Fund.Kind.CREDIT_LINE, "token", 1, Set.of()))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void aGrantIsMadeOnceForItsReferenceAndNotAtAllWhenItsTransactionFails() {
        Fund first = grant(Fund.Kind.INCLUDED, "token", 100, Set.of());
        assertThat(grant(Fund.Kind.INCLUDED, "token", 100, Set.of())).isEqualTo(first);
        assertThat(till.funds.of(customer)).hasSize(1);
        assertThatThrownBy(() -> grant(Fund.Kind.INCLUDED, "token", 101, Set.of()))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> DB.database().asPlatform(tx -> {
                    grant(Fund.Kind.BUNDLE, "token", 5, Set.of());
                    throw new IllegalArgumentException("the order failed");
                }))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(till.book.of(customer)).containsExactly(first);
    }

    @Test
    void noCallBeginsAtTheInstantOfExpiryAndOneThatBeganBeforeIsStillPaid() {
        Fund fund = grant(Fund.Kind.INCLUDED, "unit", 10, Set.of());
        now.set(END.minusMillis(1));
        Purse.Held held = (Purse.Held) till.reserve(customer, 4);
        now.set(END);
        assertThat(till.pay(customer, 1)).isFalse();
        till.funds.lapse();
        till.purse()
                .settle(held, Quantities.units(3), null)
                .toCompletableFuture()
                .join();
        assertThat(state(fund)).satisfies(left -> {
            assertThat(left.used()).isEqualTo(3);
            assertThat(left.available()).as("home and not lapsed yet").isEqualTo(1);
        });
        till.funds.lapse();
        assertThat(till.funds.of(customer)).as("closed").isEmpty();
        till.book.reload();
        assertThat(till.book.of(customer)).isEmpty();
        till.book.reload();
        assertThat(till.slices.look(fund)).isEqualTo(new Slice.Look(0, 0, 0));
    }

    @Test
    void aFundStartsWhenItStartsAndEndsEarlierWhenItIsEnded() {
        now.set(START.minusMillis(1));
        Fund fund = grant(Fund.Kind.INCLUDED, "unit", 10, Set.of());
        assertThat(till.pay(customer, 1)).isFalse();
        now.set(START);
        assertThat(till.pay(customer, 1)).isTrue();
        Instant early = START.plusSeconds(60);
        assertThat(end(fund, early)).isTrue();
        assertThat(end(fund, END)).as("never later").isFalse();
        assertThat(till.pay(customer, 1)).isTrue();
        now.set(early);
        assertThat(till.pay(customer, 1)).isFalse();
        till.opened.journal().flush();
        till.funds.lapse();
        assertThat(till.funds.of(customer)).isEmpty();
    }

    @Test
    void twoInstallationsSpendOneFundToItsLastUnitAndNoFurther() throws Exception {
        Fund fund = grant(Fund.Kind.BUNDLE, "unit", 100, Set.of());
        Till second = new Till(folder.resolve("two"), DB.database(), now::get);
        other = second;
        List<Future<Boolean>> paid = new ArrayList<>();
        try (ExecutorService clients = Executors.newFixedThreadPool(32)) {
            for (int i = 0; i < 640; i++) {
                Till here = i % 2 == 0 ? till : second;
                paid.add(clients.submit(() -> here.pay(customer, 1)));
            }
        }
        int admitted = 0;
        for (Future<Boolean> one : paid) {
            admitted += one.get() ? 1 : 0;
        }
        assertThat(admitted)
                .as("what one still holds on lease the other cannot have")
                .isBetween(80, 100);
        till.opened.journal().flush();
        second.opened.journal().flush();
        second.slices.comeHome(fund);
        till.slices.comeHome(fund);
        now.set(START.plusSeconds(5));
        for (int i = admitted; i < 100; i++) {
            assertThat(till.pay(customer, 1)).isTrue();
        }
        assertThat(till.pay(customer, 1)).isFalse();
        assertThat(state(fund).used()).isEqualTo(100);
    }

    private boolean end(Fund fund, Instant at) {
        return DB.database().asPlatform(tx -> till.funds.end(tx, customer, fund.reference(), at));
    }

    @Test
    void sixHundredAndFortyAttemptsOnMoneyForAHundredAdmitAHundred() throws Exception {
        Fund fund = grant(Fund.Kind.PROMOTION, "CNY", Till.PRICE.times(60).nanos(), Set.of());
        till.billing.grantTrialCredit(customer, Till.PRICE.times(40), OneCustomer.ACTOR);
        List<Future<Boolean>> paid = new ArrayList<>();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 640; i++) {
                paid.add(clients.submit(() -> till.pay(customer, 1)));
            }
        }
        int admitted = 0;
        for (Future<Boolean> one : paid) {
            admitted += one.get() ? 1 : 0;
        }
        assertThat(admitted).isEqualTo(100);
        assertThat(state(fund).available()).isZero();
        assertThat(till.billing.balance(customer).available()).isEqualTo(yuan("0"));
    }

    @Test
    void tokensPayForPromptAndAnswerAlikeAndForTheFeeOfTheCall() {
        till.billing.setPrice(
                Till.MODEL,
                "Chat",
                Map.of(Meter.INPUT, yuan("0.001"), Meter.OUTPUT, yuan("0.002"), Meter.REQUEST, yuan("0.1")),
                OneCustomer.ACTOR);
        Fund fund = grant(Fund.Kind.INCLUDED, "token", 1000, Set.of());
        Purse.Held held = (Purse.Held) till.reserve(customer, Quantities.tokens(600, 0, 300));
        Purse.Charge charge = till.purse()
                .settle(held, Quantities.tokens(100, 200, 40).with(Meter.REASONING, 60), null)
                .toCompletableFuture()
                .join();
        assertThat(charge.amount()).isEqualTo(yuan("0"));
        assertThat(state(fund).used()).isEqualTo(400);
        assertThat(till.billing
                        .issueInvoice(customer, OneCustomer.ACTOR)
                        .orElseThrow()
                        .total())
                .isEqualTo("0.00");
    }

    @Test
    void whoWantsToBeToldOfALowBalanceIsToldOnceUntilItIsHighAgain() {
        till.billing.grantTrialCredit(customer, yuan("1"), OneCustomer.ACTOR);
        till.funds.tellWhenBelow(customer, yuan("0.5"));
        LowBalances low = new LowBalances(DB.database(), till.events::add);
        low.look();
        assertThat(told()).isEmpty();
        till.pay(customer, 300);
        till.opened.journal().flush();
        low.look();
        low.look();
        assertThat(told()).containsExactly(new BalanceLow(customer, yuan("0.4"), yuan("0.5")));
        DB.database().asPlatform(tx -> till.billing.credit(tx, customer, yuan("1"), "payment/low"));
        low.look();
        till.pay(customer, 500);
        till.opened.journal().flush();
        low.look();
        assertThat(told()).hasSize(2);
        till.funds.tellWhenBelow(customer, null);
    }

    private List<BalanceLow> told() {
        return till.events.stream()
                .filter(BalanceLow.class::isInstance)
                .map(BalanceLow.class::cast)
                .filter(low -> low.tenant().equals(customer))
                .toList();
    }
}
