package dev.sampan.billing.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampan.billing.Balance;
import dev.sampan.billing.CreditGranted;
import dev.sampan.billing.Invoice;
import dev.sampan.billing.InvoiceIssued;
import dev.sampan.billing.Price;
import dev.sampan.gateway.Meter;
import dev.sampan.gateway.Purse;
import dev.sampan.gateway.Quantities;
import dev.sampan.gateway.Supply;
import dev.sampan.kernel.Money;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.testing.DatabaseFixture;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;

class TillTests {
    @RegisterExtension
    static final DatabaseFixture DB = new DatabaseFixture();

    @TempDir
    static Path folder;

    private Till till;

    @BeforeEach
    void open() {
        till = new Till(folder.resolve("journal"), DB.database());
    }

    @AfterEach
    void close() throws IOException {
        till.close();
        Books.check(DB.owner());
    }

    @Test
    void sixtyFourClientsSpendTheLastCentExactlyOnce() throws Exception {
        TenantId customer = till.customerWith("0.045"); // 22 calls of 0.002, and 0.001 that buys nothing
        List<Boolean> paid = atOnce(64, () -> till.pay(customer, 1));
        assertThat(paid).filteredOn(one -> one).hasSize(22);
        assertThat(till.billing.balance(customer).available()).isEqualTo(Money.of("0.001", "CNY"));
        assertThat(till.reserve(customer, 1))
                .isInstanceOfSatisfying(
                        Purse.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Purse.Reason.CREDIT_EXHAUSTED));
    }

    @Test
    void theBalanceKnowsWhatIsHeldAndWhatIsNotDrainedYet() {
        TenantId customer = till.customerWith("1");
        Purse.Held held = (Purse.Held) till.reserve(customer, 10);
        assertThat(till.billing.balance(customer)).isEqualTo(balance("0.98", "0.02", "0"));
        till.purse()
                .settle(held, Quantities.units(4), null)
                .toCompletableFuture()
                .join();
        assertThat(till.billing.balance(customer)).isEqualTo(balance("0.992", "0", "0.008"));
        till.opened.journal().flush();
        assertThat(till.billing.balance(customer)).isEqualTo(balance("0.992", "0", "0.008"));
    }

    @Test
    void aReleasedHoldIsFreeAgainAndCostsNothing() {
        TenantId customer = till.customerWith("0.002");
        Purse.Held held = (Purse.Held) till.reserve(customer, 1);
        assertThat(till.reserve(customer, 1)).isInstanceOf(Purse.Refused.class);
        till.purse().release(held, "the client went away");
        assertThat(till.pay(customer, 1)).isTrue();
        assertThatThrownBy(() -> till.purse().settle(held, Quantities.units(1), null))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whoHasNoWalletAndWhatHasNoPriceIsRefused() {
        assertThat(till.reserve(new TenantId(Ulid.next()), 1)).isInstanceOf(Purse.Refused.class);
        TenantId customer = till.customerWith("1");
        till.billing.setPrice("in-dollars", "Elsewhere", Money.of("1", "USD"), OneCustomer.ACTOR);
        for (String model : List.of("unpriced", "in-dollars")) {
            var call = new dev.sampan.gateway.Call(
                    Ulid.next(),
                    new dev.sampan.accounts.Principal(customer, Ulid.next(), "key"),
                    model,
                    Quantities.units(1),
                    0);
            assertThat(till.purse().reserve(call).toCompletableFuture().join())
                    .isInstanceOfSatisfying(
                            Purse.Refused.class,
                            refused -> assertThat(refused.reason()).isEqualTo(Purse.Reason.NO_PRICE));
        }
    }

    @Test
    void theTrialCreditIsGrantedOnceHoweverManyAskAtOnce() throws Exception {
        TenantId customer = new TenantId(Ulid.next());
        List<Boolean> granted =
                atOnce(16, () -> till.billing.grantTrialCredit(customer, Money.of("5", "CNY"), OneCustomer.ACTOR));
        assertThat(granted).filteredOn(one -> one).hasSize(1);
        assertThat(till.billing.balance(customer).available()).isEqualTo(Money.of("5", "CNY"));
        assertThat(till.events).contains(new CreditGranted(customer, Money.of("5", "CNY")));
    }

    @Test
    void aPriceIsAVersionThatHoldsUntilTheNext() throws Exception {
        var first = till.billing.setPrice("m", "P", Money.of("1", "CNY"), OneCustomer.ACTOR);
        List<Ulid> same = atOnce(
                8,
                () -> till.billing
                        .setPrice("m", "P", Money.of("1", "CNY"), OneCustomer.ACTOR)
                        .version());
        assertThat(same).containsOnly(first.version());
        Thread.sleep(2);
        var second = till.billing.setPrice("m", "P", Money.of("2", "CNY"), OneCustomer.ACTOR);
        assertThat(till.billing.price("m", first.effectiveFrom())).contains(first);
        assertThat(till.billing.price("m", Instant.now().plusSeconds(1))).contains(second);
        assertThat(till.billing.price("m", first.effectiveFrom().minusMillis(1)))
                .isEmpty();
    }

    @Test
    void tokensAreHeldAtTheDearestChargedAsCountedAndInvoicedByMeter() {
        Map<Meter, Money> rates = Map.of(
                Meter.INPUT, Money.of("0.000004", "CNY"),
                Meter.CACHED_INPUT, Money.of("0.000001", "CNY"),
                Meter.OUTPUT, Money.of("0.000012", "CNY"));
        till.billing.setPrice(Till.MODEL, "Chat", rates, OneCustomer.ACTOR);
        TenantId customer = till.customerWith("1");
        Purse.Held held = (Purse.Held) till.reserve(customer, Quantities.tokens(1000, 0, 500));
        assertThat(held.amount()).isEqualTo(Money.of("0.010", "CNY"));
        Supply supply = new Supply("deepseek", Money.of("0.0012", "CNY"), Supply.Source.PROVIDER);
        Purse.Charge charge = till.purse()
                .settle(held, Quantities.tokens(200, 600, 100), supply)
                .toCompletableFuture()
                .join();
        assertThat(charge.amount()).isEqualTo(Money.of("0.0026", "CNY"));
        till.opened.journal().flush();
        assertThat(till.opened.meters().supplied(Instant.EPOCH, Instant.now().plusSeconds(5)))
                .singleElement()
                .satisfies(sum -> {
                    assertThat(sum.tokens()).isEqualTo(900);
                    assertThat(sum.revenue()).isEqualTo(Money.of("0.0026", "CNY"));
                    assertThat(sum.cost()).isEqualTo(Money.of("0.0012", "CNY"));
                });
        assertThat(till.opened.meters().page(customer, 0, 10)).singleElement().satisfies(row -> {
            assertThat(row.usage().quantities()).isEqualTo(Quantities.tokens(200, 600, 100));
            assertThat(row.usage().supply()).isEqualTo(supply);
        });
        Invoice invoice = till.billing.issueInvoice(customer, OneCustomer.ACTOR).orElseThrow();
        assertThat(invoice.lines())
                .extracting(
                        Invoice.Line::meter,
                        Invoice.Line::units,
                        line -> line.exact().amount().toPlainString())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(Meter.INPUT, 200L, "0.000800000"),
                        org.assertj.core.groups.Tuple.tuple(Meter.CACHED_INPUT, 600L, "0.000600000"),
                        org.assertj.core.groups.Tuple.tuple(Meter.OUTPUT, 100L, "0.001200000"));
        assertThat(till.billing.invoice(customer, invoice.number())).contains(invoice);
    }

    @Test
    void anInvoiceHasALineForEachMeterOfEachTierThatCallsWentBy() {
        List<Price.Tier> tiers = List.of(
                new Price.Tier(
                        0, Map.of(Meter.INPUT, Money.of("0.00001", "CNY"), Meter.REQUEST, Money.of("0.1", "CNY"))),
                new Price.Tier(1000, Map.of(Meter.INPUT, Money.of("0.00002", "CNY"))));
        Price price = till.billing.setPrice(Till.MODEL, "Chat", tiers, OneCustomer.ACTOR);
        assertThat(till.billing.setPrice(Till.MODEL, "Chat", tiers, OneCustomer.ACTOR))
                .isEqualTo(price);
        assertThat(till.billing.price(Till.MODEL, Instant.now().plusSeconds(1))).contains(price);
        TenantId customer = till.customerWith("5");
        for (long prompt : List.of(999, 1000, 500)) {
            Purse.Held held = (Purse.Held) till.reserve(customer, Quantities.tokens(2000, 0, 100));
            assertThat(held.amount()).as("the dearest reachable tier").isEqualTo(Money.of("0.14", "CNY"));
            Quantities used = Quantities.tokens(prompt, 0, 10).with(Meter.REASONING, 5);
            till.purse().settle(held, used, null).toCompletableFuture().join();
        }
        Invoice invoice = till.billing.issueInvoice(customer, OneCustomer.ACTOR).orElseThrow();
        assertThat(invoice.lines())
                .extracting(line -> line.fromPrompt() + " " + line.meter() + " " + line.units() + " " + line.exact())
                .containsExactlyInAnyOrder(
                        "0 INPUT 1499 0.01499 CNY",
                        "0 OUTPUT 20 0 CNY",
                        "0 REASONING 10 0 CNY",
                        "0 REQUEST 2 0.2 CNY",
                        "1000 INPUT 1000 0.02 CNY",
                        "1000 OUTPUT 10 0 CNY",
                        "1000 REASONING 5 0 CNY",
                        "1000 REQUEST 1 0.1 CNY");
        assertThat(till.billing.invoice(customer, invoice.number())).contains(invoice);
        assertThat(till.billing.balance(customer).spent()).isEqualTo(Money.of("0.33499", "CNY"));
    }

    @Test
    void moreThanWasHeldIsNeverCharged() {
        TenantId customer = till.customerWith("1");
        Purse.Held held = (Purse.Held) till.reserve(customer, 2);
        assertThatThrownBy(() -> till.purse().settle(held, Quantities.units(3), null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(Quantities.tokens(90, 20, 70).within(Quantities.tokens(100, 0, 50)))
                .isEqualTo(Quantities.tokens(80, 20, 50));
    }

    @Test
    void anInvoiceHoldsEveryCallOnceAndRoundsEachLineOnce() {
        TenantId customer = till.customerWith("1");
        for (int i = 0; i < 7; i++) {
            till.pay(customer, 1);
        }
        Invoice first = till.billing.issueInvoice(customer, OneCustomer.ACTOR).orElseThrow();
        assertThat(first.number()).matches("S-20\\d\\d-00000\\d");
        assertThat(first.lines()).singleElement().satisfies(line -> {
            assertThat(line.units()).isEqualTo(7);
            assertThat(line.exact()).isEqualTo(Money.of("0.014", "CNY"));
            assertThat(line.amount()).isEqualTo(new BigDecimal("0.01"));
        });
        assertThat(first.total()).isEqualTo(new BigDecimal("0.01"));
        assertThat(first.due()).isEqualTo(new BigDecimal("0.00"));
        assertThat(till.billing.issueInvoice(customer, OneCustomer.ACTOR)).isEmpty();

        till.billing.setPrice(Till.MODEL, "客服意图识别", Money.of("0.003", "CNY"), OneCustomer.ACTOR);
        till.pay(customer, 5);
        Invoice second = till.billing.issueInvoice(customer, OneCustomer.ACTOR).orElseThrow();
        assertThat(second.from()).isEqualTo(first.to());
        assertThat(second.total()).as("0.015 half up").isEqualTo(new BigDecimal("0.02"));
        assertThat(till.billing.invoices(customer)).containsExactly(second, first);
        assertThat(till.billing.invoice(customer, first.number())).contains(first);
        assertThat(till.billing.invoice(new TenantId(Ulid.next()), first.number()))
                .isEmpty();
        assertThat(till.events).contains(new InvoiceIssued(customer, second.number()));
    }

    @Test
    void whoeverIssuesAtOnceIssuesOneInvoiceAndNumbersHaveNoGap() throws Exception {
        List<TenantId> customers = List.of(till.customerWith("1"), till.customerWith("1"));
        customers.forEach(customer -> till.pay(customer, 3));
        List<Optional<Invoice>> issued = new ArrayList<>();
        for (TenantId customer : customers) {
            issued.addAll(atOnce(4, () -> till.billing.issueInvoice(customer, OneCustomer.ACTOR)));
        }
        List<Integer> numbers = issued.stream()
                .flatMap(Optional::stream)
                .map(invoice -> Integer.parseInt(invoice.number().substring(7)))
                .sorted()
                .toList();
        assertThat(numbers).hasSize(2);
        assertThat(numbers.get(1)).isEqualTo(numbers.get(0) + 1);
    }

    @Test
    void usageIsSummedByModelKeyAndDayCallsOfThisSecondIncluded() {
        TenantId customer = till.customerWith("1");
        till.pay(customer, 2);
        till.pay(customer, 3);
        Instant from = Instant.now().minusSeconds(60);
        Instant to = Instant.now().plusSeconds(60);
        for (String group : List.of("model", "key", "day")) {
            assertThat(till.billing.usage(customer, from, to, group))
                    .singleElement()
                    .satisfies(sum -> {
                        assertThat(sum.calls()).isEqualTo(2);
                        assertThat(sum.units()).isEqualTo(5);
                        assertThat(sum.amount()).isEqualTo(Money.of("0.01", "CNY"));
                    });
        }
        assertThat(till.billing.usage(customer, from.minusSeconds(60), from, "model"))
                .isEmpty();
        assertThatThrownBy(() -> till.billing.usage(customer, from, to, "colour"))
                .hasMessageContaining("'colour'");
    }

    @Test
    void theLedgerRefusesWhatDoesNotBalanceAndForgetsNothing() {
        TenantId customer = till.customerWith("1");
        String tenant = customer.toString();
        assertThatThrownBy(() -> DB.database().asPlatform(tx -> {
                    tx.sql("insert into billing.ledger_transaction values ('x', ?, 'test', 'x', now())")
                            .param(tenant)
                            .update();
                    return tx.sql("insert into billing.entry values ('x', ?, 'cash', 1, 'CNY')")
                            .param(tenant)
                            .update();
                }))
                .hasStackTraceContaining("does not sum to zero");
        for (String sql : List.of(
                "update billing.entry set nanos = 2",
                "delete from billing.entry",
                "delete from metering.usage",
                "update metering.usage set nanos = 0",
                "update billing.invoice set due = 0")) {
            assertThatThrownBy(() -> DB.database().asPlatform(tx -> tx.sql(sql).update()))
                    .isInstanceOf(DataAccessException.class)
                    .hasStackTraceContaining("permission denied");
        }
    }

    @Test
    void aCleanStopGivesBackWhatWasLeased() throws IOException {
        TenantId customer = till.customerWith("1");
        till.pay(customer, 1);
        till.close();
        long leased = DB.database()
                .asPlatform(tx -> tx.sql("select sum(leased_nanos) from billing.wallet")
                        .query(Long.class)
                        .single());
        assertThat(leased).isZero();
        open();
        assertThat(till.billing.balance(customer).available()).isEqualTo(Money.of("0.998", "CNY"));
    }

    private static Balance balance(String available, String held, String spent) {
        return new Balance(Money.of(available, "CNY"), Money.of(held, "CNY"), Money.of(spent, "CNY"));
    }

    private static <T> List<T> atOnce(int times, Callable<T> work) throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<T> results = new ArrayList<>();
            for (Future<T> one : threads.invokeAll(java.util.Collections.nCopies(times, work))) {
                results.add(one.get());
            }
            return results;
        }
    }
}
