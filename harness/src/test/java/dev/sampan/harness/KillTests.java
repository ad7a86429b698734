package dev.sampan.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/// The whole platform, the bundled example, real customers, and `kill -9`: what a customer read is in the
/// books, once.
class KillTests {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final long SEED = Long.getLong("sampan.seed", 42);
    private static final int KILLS = 5;
    private static final int CALLERS = 4;
    private static final int ANSWERS_BEFORE_A_KILL = 20;
    private static final long PATIENCE_SECONDS = 60;

    private static final String WRONG_AMOUNTS = """
            select request_id from metering.usage
            where units <> 1 or nanos <> 2000000 or currency <> 'CNY'
            """;
    private static final String UNBALANCED = """
            select transaction_id from billing.entry group by transaction_id, currency having sum(nanos) <> 0
            """;
    private static final String WRONG_WALLETS = """
            select tenant_id from billing.wallet
            where balance_nanos < 0
               or balance_nanos <> - (select coalesce(sum(nanos), 0) from billing.entry
                                      where tenant_id = wallet.tenant_id and account = 'customer_credit')
               or spent_nanos <> (select coalesce(sum(nanos), 0) from metering.usage
                                  where tenant_id = wallet.tenant_id)
            """;

    @TempDir
    Path folder;

    @Test
    void everyAnswerThatACustomerReadIsChargedOnceWhateverIsKilled(TestReporter reporter) throws Exception {
        assumeThat(KilledPlatform.classPath(ROOT, "server"))
                .as("the server is packaged: mvn verify")
                .isNotNull();
        assumeThat(KilledPlatform.classPath(ROOT, "learning"))
                .as("learning is packaged: mvn verify")
                .isNotNull();
        reporter.publishEntry("seed", Long.toString(SEED));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (KilledPlatform platform = new KilledPlatform(ROOT, folder.resolve("home"))) {
            String secret = platform.demo();
            Callers callers = new Callers(Callers.Asking.PREDICTION, CALLERS, platform.address(), secret);
            try (callers) {
                killAndRestart(platform, callers);
            }
            Set<String> answered = callers.answered();
            reporter.publishEntry("answers read", Integer.toString(answered.size()));
            try (Connection books = platform.database()) {
                assertThat(new BooksAfter(platform).lost(Callers.Asking.PREDICTION, answered))
                        .as("seed %d: answers that were read and are not in the books", SEED)
                        .isEmpty();
                assertThat(strings(books, WRONG_AMOUNTS)).isEmpty();
                assertThat(strings(books, UNBALANCED)).isEmpty();
                assertThat(strings(books, WRONG_WALLETS)).isEmpty();
            }
        }
    }

    private static void killAndRestart(KilledPlatform platform, Callers callers) throws Exception {
        SplittableRandom random = new SplittableRandom(SEED);
        int databaseKill = random.nextInt(KILLS);
        platform.start();
        for (int kill = 0; kill < KILLS; kill++) {
            awaitAnswers(platform, callers);
            Thread.sleep(random.nextInt(100, 600));
            if (kill == databaseKill) {
                platform.killDatabase();
            } else {
                platform.kill();
                platform.start();
            }
        }
        awaitAnswers(platform, callers);
    }

    /// Ready is who answers customers.
    private static void awaitAnswers(KilledPlatform platform, Callers callers) throws InterruptedException {
        int wanted = callers.count() + ANSWERS_BEFORE_A_KILL;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (callers.count() < wanted) {
            assertThat(System.nanoTime())
                    .as("seed %d, last refusal %s, the platform said:%n%s", SEED, callers.lastRefusal(), platform.log())
                    .isLessThan(end);
            Thread.sleep(20);
        }
    }

    /// `request_id` is unique in the table, so a call cannot stand there twice.
    private static Set<String> strings(Connection books, String sql) throws Exception {
        Set<String> found = new HashSet<>();
        try (var statement = books.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }
}
