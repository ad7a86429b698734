package dev.sampan.billing.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampan.billing.Fund;
import dev.sampan.billing.FundUnit;
import dev.sampan.billing.Funds.Grant;
import dev.sampan.kernel.Money;
import dev.sampan.kernel.TenantId;
import dev.sampan.metering.Meters;
import dev.sampan.metering.Usage;
import dev.sampan.testing.DatabaseFixture;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// A real process, a real disk, a real PostgreSQL, and `kill -9`.
class KillTests {
    private static final int ROUNDS = Integer.getInteger("sampan.kills", 5);

    @RegisterExtension
    static final DatabaseFixture DB = new DatabaseFixture();

    @TempDir
    static Path folder;

    @Test
    void noAcknowledgedChargeIsLostOrDoubledByKilledProcesses() throws Exception {
        Path journal = folder.resolve("journal");
        TenantId customer;
        try (Till till = new Till(folder.resolve("first"), DB.database())) {
            customer = till.customerWith("1000");
            grant(till, customer, Fund.Kind.INCLUDED, new FundUnit("unit"), 300);
            grant(
                    till,
                    customer,
                    Fund.Kind.CREDIT_LINE,
                    new FundUnit("CNY"),
                    Till.PRICE.times(300).nanos());
        }
        SplittableRandom random = new SplittableRandom(42);
        Set<String> told = new HashSet<>();
        for (int round = 0; round < ROUNDS; round++) {
            told.addAll(chargesUntilKilled(journal, customer, random.nextInt(100, 800)));
        }
        try (Till till = new Till(journal, DB.database())) {
            till.opened.journal().flush();
            List<Usage> charged = till.opened.meters().page(customer, 0, Integer.MAX_VALUE).stream()
                    .map(Meters.Numbered::usage)
                    .toList();
            List<String> booked =
                    charged.stream().map(usage -> usage.requestId().toString()).toList();
            assertThat(booked).doesNotHaveDuplicates();
            Set<String> lost = new HashSet<>(told);
            booked.forEach(lost::remove);
            assertThat(lost)
                    .as("charges that were told and are not in the books")
                    .isEmpty();
            assertThat(told).as("charges in all").hasSizeGreaterThan(ROUNDS);
            long fromWallet =
                    charged.stream().filter(usage -> usage.drawn() == null).count();
            assertThat(fromWallet).as("funds have paid some").isLessThan(booked.size());
            Money spent = Till.PRICE.times(fromWallet);
            assertThat(till.billing.balance(customer).available())
                    .as("every hold of the killed processes is free again")
                    .isEqualTo(Money.of("1000", "CNY").minus(spent));
            assertThat(till.funds.of(customer))
                    .as("nothing is lost of a fund, and nothing is held")
                    .extracting(state -> state.used() + state.available() + " " + state.held())
                    .containsExactly("300 0", Till.PRICE.times(300).nanos() + " 0");
        }
        Books.check(DB.owner());
    }

    private static void grant(Till till, TenantId customer, Fund.Kind kind, FundUnit unit, long amount) {
        Grant grant = new Grant(customer, kind, unit, amount, Instant.EPOCH, null, kind + "");
        DB.database().asPlatform(tx -> till.funds.grant(tx, grant, OneCustomer.ACTOR));
    }

    private static Set<String> chargesUntilKilled(Path journal, TenantId customer, long millis)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        KilledTill.class.getName(),
                        journal.toString(),
                        customer.toString(),
                        DB.address().url(),
                        DB.address().user(),
                        DB.address().password())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        Set<String> told = new HashSet<>();
        try (BufferedReader out = process.inputReader()) {
            Thread killer = null;
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith("charged ") && line.length() == "charged ".length() + 26) {
                    told.add(line.substring("charged ".length()));
                    if (killer == null) {
                        killer = Thread.startVirtualThread(() -> kill(process, millis));
                    }
                }
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        return told;
    }

    private static void kill(Process process, long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.toHandle().destroyForcibly(); // by the handle: what it said last is still to be read
    }
}
