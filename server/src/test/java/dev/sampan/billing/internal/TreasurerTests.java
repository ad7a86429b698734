package dev.sampan.billing.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampan.billing.CreditGranted;
import dev.sampan.gateway.Purse;
import dev.sampan.kernel.Money;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.testing.DatabaseFixture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Two installations on one database.
class TreasurerTests {
    @RegisterExtension
    static final DatabaseFixture DB = new DatabaseFixture();

    @TempDir
    static Path folder;

    private Till till;
    private Till other;

    @BeforeEach
    void open() {
        till = new Till(folder.resolve("one"), DB.database());
        other = new Till(folder.resolve("two"), DB.database());
    }

    @AfterEach
    void close() throws IOException {
        till.close();
        other.close();
        Books.check(DB.owner());
    }

    private static Money yuan(String amount) {
        return Money.of(amount, "CNY");
    }

    private boolean credit(TenantId customer, String amount, String reference) {
        return DB.database().asPlatform(tx -> till.billing.credit(tx, customer, yuan(amount), reference));
    }

    private boolean takeBack(TenantId customer, String amount, String reference) {
        return DB.database().asPlatform(tx -> till.billing.takeBack(tx, customer, yuan(amount), reference));
    }

    @Test
    void aPaymentIsCreditedOnceHoweverOftenItIsTold() throws Exception {
        TenantId customer = new TenantId(Ulid.next());
        List<Boolean> first = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> told = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                told.add(threads.submit(() -> credit(customer, "5", "payment/1")));
            }
            for (Future<Boolean> one : told) {
                first.add(one.get());
            }
        }
        assertThat(first).filteredOn(one -> one).hasSize(1);
        assertThat(till.billing.balance(customer).available()).isEqualTo(yuan("5"));
        assertThat(till.events.stream().filter(CreditGranted.class::isInstance).toList())
                .containsExactly(new CreditGranted(customer, yuan("5")));
        assertThat(till.pay(customer, 1)).isTrue();
        assertThatThrownBy(() -> credit(customer, "6", "payment/1")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aCreditWhoseTransactionFailsIsNone() {
        TenantId customer = new TenantId(Ulid.next());
        assertThatThrownBy(() -> DB.database().asPlatform(tx -> {
                    till.billing.credit(tx, customer, yuan("5"), "payment/2");
                    throw new IllegalArgumentException("the inbox's row failed");
                }))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(till.billing.balance(customer).available()).isEqualTo(yuan("0"));
        assertThat(credit(customer, "5", "payment/2")).isTrue();
    }

    @Test
    void whatIsLeasedHereComesHomeAndAllThatIsNotSpentIsTakenBackOnce() {
        TenantId customer = new TenantId(Ulid.next());
        credit(customer, "5", "payment/3");
        till.pay(customer, 1);
        till.opened.journal().flush();
        assertThatThrownBy(() -> takeBack(customer, "4.999", "refund/3"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problems().getFirst().code()).isEqualTo("billing.spent"));
        assertThat(takeBack(customer, "4.998", "refund/3")).isTrue();
        assertThat(takeBack(customer, "4.998", "refund/3")).isFalse();
        assertThat(till.billing.balance(customer).available()).isEqualTo(yuan("0"));
        assertThat(till.pay(customer, 1)).isFalse();
        credit(customer, "0.002", "payment/4");
        assertThat(till.pay(customer, 1)).as("the slice finds its way on").isTrue();
    }

    @Test
    void whatAnotherInstallationHasLeasedComesHomeToo() {
        TenantId customer = new TenantId(Ulid.next());
        credit(customer, "5", "payment/5");
        assertThat(other.pay(customer, 1)).isTrue();
        other.opened.journal().flush();
        assertThat(takeBack(customer, "4.998", "refund/5")).isTrue();
        assertThat(other.pay(customer, 1)).isFalse();
    }

    @Test
    void whatOneInstallationDoesNotUseAnotherCanSpendSoon() throws InterruptedException {
        TenantId customer = new TenantId(Ulid.next());
        credit(customer, "1", "payment/7");
        assertThat(other.pay(customer, 1)).isTrue(); // which leases more than it needs
        int paid = 0;
        for (int attempt = 0; paid < 499 && attempt < 2_000; attempt++) {
            if (till.pay(customer, 1)) {
                paid++;
            } else {
                Thread.sleep(20);
            }
        }
        assertThat(paid).as("all that was left").isEqualTo(499);
        assertThat(till.pay(customer, 1)).isFalse();
    }

    @Test
    void whatARunningCallHoldsIsNotTaken() {
        TenantId customer = new TenantId(Ulid.next());
        credit(customer, "0.01", "payment/6");
        Purse.Held held = (Purse.Held) till.reserve(customer, 3);
        assertThatThrownBy(() -> takeBack(customer, "0.005", "refund/6")).isInstanceOf(ProblemException.class);
        assertThat(takeBack(customer, "0.004", "refund/6")).isTrue();
        till.purse().release(held, "the client went away");
        assertThat(till.pay(customer, 3)).isTrue();
        assertThat(till.pay(customer, 1)).isFalse();
    }
}
