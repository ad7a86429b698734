package dev.sampan.billing.internal.plans;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampan.billing.CreditNote;
import dev.sampan.billing.Invoice;
import dev.sampan.billing.InvoiceItem;
import dev.sampan.billing.InvoiceItem.Kind;
import dev.sampan.billing.PaymentOverdue;
import dev.sampan.billing.Plans.Order;
import dev.sampan.billing.Subscription;
import dev.sampan.billing.internal.OpenTill;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.TenantId;
import dev.sampan.testing.DatabaseFixture;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Subscriptions through months, on a clock of the test's own and a real database.
class PlansLifeTests {
    @RegisterExtension
    static final DatabaseFixture DB = new DatabaseFixture();

    @TempDir
    static Path folder;

    private Counter counter;

    @BeforeEach
    void open() {
        counter = new Counter(folder.resolve("journal"), DB);
    }

    @AfterEach
    void close() throws IOException {
        counter.close();
    }

    private static Order order(String plan) {
        return new Order(plan, 1);
    }

    @Test
    void theFeeIsPaidFromTheWalletAndWhatIsIncludedComesOnce() {
        TenantId customer = counter.till.customerWith("200");
        Subscription begun = counter.plans.subscribe(customer, order("pro"), OpenTill.ACTOR);
        assertThat(begun.feeTo()).isEqualTo("2027-02-28");
        counter.plans.attend(customer);
        assertThat(counter.till.available(customer)).isEqualTo("101");
        assertThat(counter.granted(customer)).containsExactly("1000 unit");
        Invoice invoice = counter.invoices(customer).getFirst();
        assertThat(invoice.due()).isEqualByComparingTo("99");
        assertThat(counter.plans.left(customer, invoice.number())).isEqualByComparingTo("0");
        assertThatThrownBy(() -> counter.plans.subscribe(customer, order("pro"), OpenTill.ACTOR))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("already");
    }

    @Test
    void endsOfMonthsDoNotDriftAndNoPeriodIsInvoicedTwice() throws Exception {
        TenantId customer = counter.till.customerWith("1000");
        counter.plans.subscribe(customer, order("pro"), OpenTill.ACTOR);
        counter.clock.set("2027-05-01T00:00:00Z");
        counter.atOnce(6, () -> counter.plans.attend(customer));
        assertThat(counter.invoices(customer))
                .extracting(invoice -> String.valueOf(invoice.items().getFirst().from()))
                .containsExactly("2027-04-30", "2027-03-31", "2027-02-28", "2027-01-31");
        assertThat(counter.granted(customer)).hasSize(2); // months that passed unseen bring nothing any more
        assertThat(counter.till.available(customer)).isEqualTo("604");
    }

    @Test
    void aFeeThatIsNotCoveredIsDunnedUntilTheEndAndPaidOnceMoneyComes() {
        TenantId customer = counter.till.customerWith("10");
        counter.plans.subscribe(customer, order("pro"), OpenTill.ACTOR);
        assertThat(counter.granted(customer)).isEmpty();
        counter.clock.plusDays(4);
        counter.plans.attend(customer);
        counter.plans.attend(customer);
        assertThat(counter.told(PaymentOverdue.class))
                .extracting(PaymentOverdue::step)
                .containsExactly("reminder_1", "reminder_3");
        counter.clock.plusDays(11);
        counter.plans.attend(customer);
        assertThat(counter.plans.payer(customer).suspendedAt()).isNotNull();
        counter.till.topUp(customer, "100", "payment/late");
        counter.plans.attend(customer);
        assertThat(counter.plans.payer(customer).suspendedAt()).isNull();
        assertThat(counter.till.available(customer)).isEqualTo("11");
        assertThat(counter.granted(customer)).containsExactly("1000 unit");
    }

    @Test
    void whoNeverPaysIsCancelled() {
        TenantId customer = counter.till.customerWith("10");
        counter.plans.subscribe(customer, order("pro"), OpenTill.ACTOR);
        counter.clock.plusDays(31);
        counter.plans.attend(customer);
        assertThat(counter.plans.subscription(customer)).isEmpty();
        assertThat(counter.plans.history(customer).getFirst().status()).isEqualTo(Subscription.Status.CANCELLED);
    }

    @Test
    void aTrialCostsNothingThenDiscountsThenThePlansPrice() {
        TenantId customer = counter.till.customerWith("1000");
        counter.plans.subscribe(customer, order("trial"), OpenTill.ACTOR);
        assertThat(counter.invoices(customer)).isEmpty();
        assertThat(counter.granted(customer)).hasSize(1);
        counter.clock.set("2027-05-20T00:00:00Z");
        counter.plans.attend(customer);
        assertThat(counter.invoices(customer).reversed())
                .extracting(invoice -> invoice.total().toPlainString())
                .containsExactly("30.00", "30.00", "60.00", "60.00");
        assertThat(counter.invoices(customer).getLast().items().getFirst().from())
                .isEqualTo("2027-02-14");
    }

    @Test
    void aMoveUpCostsTheRestAndTakesOffWhatWasPaidForIt() {
        TenantId customer = counter.till.customerWith("1000");
        counter.plans.subscribe(customer, order("pro"), OpenTill.ACTOR);
        counter.clock.set("2027-02-13T16:00:00Z"); // the 14th in Shanghai: 14 of 28 days are left
        counter.plans.move(customer, order("max"), OpenTill.ACTOR);
        Invoice moved = counter.invoices(customer).getFirst();
        assertThat(moved.items())
                .extracting(InvoiceItem::kind, item -> item.amount().toPlainString())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(Kind.PRORATION, "-49.50"),
                        org.assertj.core.groups.Tuple.tuple(Kind.PRORATION, "149.50"));
        assertThat(counter.granted(customer)).containsExactly("1000 unit", "1000 unit"); // (3000 - 1000) * 14/28
        assertThatThrownBy(() -> counter.plans.move(customer, new Order("max", 5), OpenTill.ACTOR))
                .isInstanceOf(ProblemException.class);
        counter.clock.set("2027-02-28T00:00:00Z");
        counter.plans.attend(customer);
        assertThat(counter.invoices(customer).getFirst().total()).isEqualByComparingTo("299");
    }

    @Test
    void aMoveDownWaitsForTheEndAndCanBeTakenBack() {
        TenantId customer = counter.till.customerWith("2000");
        counter.plans.subscribe(customer, order("max"), OpenTill.ACTOR);
        Subscription waiting = counter.plans.move(customer, order("pro"), OpenTill.ACTOR);
        assertThat(waiting.next()).isNotNull();
        assertThat(waiting.terms().plan()).isEqualTo("max");
        assertThat(counter.plans.keep(customer, OpenTill.ACTOR).next()).isNull();
        counter.plans.move(customer, order("pro"), OpenTill.ACTOR);
        List<Invoice> foreseen = counter.plans.preview(customer);
        counter.clock.set("2027-02-28T00:00:00Z");
        counter.plans.attend(customer);
        Invoice first = counter.invoices(customer).getFirst();
        assertThat(first.items().getFirst().amount()).isEqualByComparingTo("99");
        assertThat(first.items()).isEqualTo(foreseen.getLast().items());
    }

    @Test
    void aMonthIsInvoicedOnceByThePlansTiersAndLateCallsComeWithTheNextOne() {
        TenantId customer = counter.till.customerWith("1000");
        counter.plans.subscribe(customer, order("tiers"), OpenTill.ACTOR);
        counter.use(customer, 1500, "2027-02-10T00:00:00Z"); // 3 when they ran; 1000 * 0.002 + 500 * 0.001 by the plan
        counter.use(customer, 100, "2027-02-27T16:00:00Z"); // the 28th in Shanghai: of the next month
        counter.clock.set("2027-02-27T16:30:00Z");
        counter.plans.attend(customer);
        assertThat(counter.invoices(customer)).isEmpty(); // within the grace there is still time
        counter.clock.set("2027-02-28T02:00:00Z");
        counter.plans.attend(customer);
        counter.plans.attend(customer);
        Invoice invoice = counter.invoices(customer).getFirst();
        assertThat(counter.invoices(customer).size()).isEqualTo(1);
        assertThat(invoice.lines()).extracting(Invoice.Line::units).containsExactly(1500L);
        assertThat(invoice.items())
                .extracting(item -> item.kind() + " " + item.amount().toPlainString())
                .containsExactly("OVERAGE 2.50", "ALREADY_CHARGED -3.00");
        assertThat(invoice.total()).isEqualByComparingTo("2.50");
        assertThat(invoice.due()).isEqualByComparingTo("0");
        assertThat(counter.till.available(customer)).isEqualTo("997.3"); // 1000 - 3 - 0.2 + 0.5
        counter.use(customer, 200, "2027-02-20T00:00:00Z");
        counter.clock.set("2027-03-31T04:00:00Z");
        counter.plans.attend(customer);
        Invoice next = counter.invoices(customer).getFirst();
        assertThat(next.lines()).extracting(Invoice.Line::units).containsExactly(300L);
        assertThat(next.items()).anySatisfy(item -> {
            assertThat(item.kind()).isEqualTo(Kind.LATE); // 200 cost 0.4, the plan says 0.2
            assertThat(item.amount()).isEqualByComparingTo("-0.20");
            assertThat(item.from()).isEqualTo("2027-01-31");
        });
    }

    @Test
    void aCommitmentIsFilledUpAndTaxIsOnTopOfAllOrWithinIt() {
        TenantId customer = counter.till.customerWith("1000");
        counter.plans.setPayer(customer, java.time.ZoneId.of("Asia/Shanghai"), "DE");
        counter.plans.subscribe(customer, order("committed"), OpenTill.ACTOR);
        counter.use(customer, 1000, "2027-02-10T00:00:00Z");
        counter.clock.set("2027-02-28T02:00:00Z");
        counter.plans.attend(customer);
        Invoice invoice = counter.invoices(customer).getFirst();
        assertThat(invoice.items())
                .extracting(item -> item.kind() + " " + item.amount().toPlainString())
                .containsExactly("MINIMUM 8.00", "TAX 1.90");
        assertThat(invoice.paidByCredit()).isEqualByComparingTo("2");
        assertThat(invoice.due()).isEqualByComparingTo("9.90");
        assertThat(counter.till.available(customer)).isEqualTo("988.1");
    }

    @Test
    void whoPaysLaterCallsOnTheLineAndIsInvoicedWhenTheMonthHasEnded() {
        TenantId customer = counter.till.customerWith("1");
        counter.plans.subscribe(customer, order("later"), OpenTill.ACTOR);
        counter.use(customer, 1003, "2027-02-10T00:00:00Z");
        assertThat(counter.till.available(customer)).isEqualTo("1");
        counter.clock.set("2027-02-28T02:00:00Z");
        counter.plans.attend(customer);
        Invoice invoice = counter.invoices(customer).getFirst();
        assertThat(invoice.due()).isEqualByComparingTo("2.01"); // 2.006 on the line
        counter.till.topUp(customer, "5", "payment/later");
        counter.plans.attend(customer);
        assertThat(counter.plans.left(customer, invoice.number())).isEqualByComparingTo("0");
        assertThat(counter.till.available(customer)).isEqualTo("3.99");
    }

    @Test
    void aCreditNoteTakesOffWhatIsDueAndPutsTheRestBackNeverMoreThanTheInvoice() throws Exception {
        TenantId customer = counter.till.customerWith("10");
        counter.plans.setPayer(customer, java.time.ZoneId.of("Asia/Shanghai"), "CN");
        counter.plans.subscribe(customer, order("pro"), OpenTill.ACTOR);
        String number = counter.invoices(customer).getFirst().number();
        CreditNote note = counter.plans.credit(customer, number, new BigDecimal("40"), "an outage", OpenTill.ACTOR);
        assertThat(note.offDue()).isEqualByComparingTo("40");
        assertThat(note.tax()).isEqualByComparingTo("2.26"); // 6 % within 99, its share of 40
        assertThat(counter.plans.left(customer, number)).isEqualByComparingTo("59");
        counter.till.topUp(customer, "60", "payment/one");
        counter.plans.attend(customer);
        assertThat(counter.till.available(customer)).isEqualTo("11");
        counter.atOnce(4, () -> {
            try {
                counter.plans.credit(customer, number, new BigDecimal("50"), "once", OpenTill.ACTOR);
            } catch (ProblemException _) {
                assertThat(number).isNotEmpty();
            }
        });
        assertThat(counter.till.available(customer)).isEqualTo("61");
        assertThat(counter.plans.creditNotes(customer, number)).hasSize(2);
    }

    @Test
    void aCodeOfOneUseIsRedeemedByOneOfMany() throws Exception {
        String code = counter.plans.makeCodes("half", 1, OpenTill.ACTOR).getFirst();
        List<TenantId> customers = java.util.stream.Stream.generate(() -> counter.till.customerWith("500"))
                .limit(12)
                .toList();
        java.util.concurrent.atomic.AtomicInteger next = new java.util.concurrent.atomic.AtomicInteger();
        List<TenantId> redeemed = new java.util.concurrent.CopyOnWriteArrayList<>();
        counter.atOnce(12, () -> {
            TenantId customer = customers.get(next.getAndIncrement());
            try {
                counter.plans.redeem(customer, code, OpenTill.ACTOR);
                redeemed.add(customer);
            } catch (ProblemException _) {
                assertThat(code).isNotEmpty();
            }
        });
        assertThat(redeemed).hasSize(1);
        counter.plans.subscribe(redeemed.getFirst(), order("pro"), OpenTill.ACTOR);
        counter.clock.set("2027-05-01T00:00:00Z");
        counter.plans.attend(redeemed.getFirst());
        assertThat(counter.invoices(redeemed.getFirst()).reversed())
                .extracting(invoice -> invoice.total().toPlainString())
                .containsExactly("49.50", "49.50", "99.00", "99.00");
    }

    @Test
    void aCouponHasNoMoreRedemptionsThanItSays() throws Exception {
        java.util.concurrent.atomic.AtomicInteger redeemed = new java.util.concurrent.atomic.AtomicInteger();
        counter.atOnce(10, () -> {
            try {
                counter.plans.redeem(counter.till.customerWith("1"), "THREE", OpenTill.ACTOR);
                redeemed.incrementAndGet();
            } catch (ProblemException _) {
                assertThat(redeemed.get()).isLessThanOrEqualTo(3);
            }
        });
        assertThat(redeemed).hasValue(3);
    }

    @Test
    void moreInvoicesThanADayCanHaveParkTheCustomerUntilSomebodyLooked() {
        TenantId customer = counter.till.customerWith("10000");
        counter.plans.subscribe(customer, order("weekly"), OpenTill.ACTOR);
        counter.clock.set("2028-01-31T00:00:00Z"); // a year of weeks at once
        counter.plans.attend(customer);
        assertThat(counter.plans.payer(customer).parkedReason()).contains("within a day");
        assertThat(counter.invoices(customer).size()).isEqualTo(Issuing.A_DAY + 1); // and the first, a year ago
        counter.plans.release(customer, OpenTill.ACTOR);
        assertThat(counter.invoices(customer).size()).isEqualTo(53);
    }

    @Test
    void aBundleIsPaidOrNotBought() {
        TenantId customer = counter.till.customerWith("30");
        counter.plans.buy(customer, "thousand", OpenTill.ACTOR);
        assertThat(counter.granted(customer)).containsExactly("1000 unit");
        assertThatThrownBy(() -> counter.plans.buy(customer, "thousand", OpenTill.ACTOR))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("does not cover");
        assertThat(counter.invoices(customer).size()).isEqualTo(1);
        assertThat(counter.till.available(customer)).isEqualTo("10");
    }

    @Test
    void aSubscriptionKeepsItsVersionOfThePlan() {
        TenantId customer = counter.till.customerWith("1000");
        counter.plans.subscribe(customer, order("pro"), OpenTill.ACTOR);
        counter.apply(Counter.PLANS.replace("price: 99", "price: 150"));
        counter.clock.set("2027-02-28T00:00:00Z");
        counter.plans.attend(customer);
        assertThat(counter.invoices(customer).getFirst().total()).isEqualByComparingTo("99");
        TenantId later = counter.till.customerWith("1000");
        counter.plans.subscribe(later, order("pro"), OpenTill.ACTOR);
        assertThat(counter.invoices(later).getFirst().total()).isEqualByComparingTo("150");
    }
}
