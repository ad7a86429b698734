package dev.sampan.database;

import static dev.sampan.database.PostgresHome.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.sampan.database.internal.Trees;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class EmbeddedPostgresTests {
    private static Path home = Path.of("");

    @BeforeAll
    static void aHome() throws IOException {
        home = PostgresHome.make();
    }

    @AfterAll
    static void nothingIsLeftBehind() throws IOException {
        assertThat(PostgresHome.servers(home)).isEmpty();
        Trees.delete(home);
    }

    private static void await(String what, BooleanSupplier reached) throws InterruptedException {
        Instant end = Instant.now().plusSeconds(30);
        while (!reached.getAsBoolean()) {
            assertThat(Instant.now()).as("waiting for " + what).isBefore(end);
            Thread.sleep(10);
        }
    }

    @Test
    void commitsAreDurableAndFilesAreForTheirOwnersAlone() throws IOException, SQLException {
        try (EmbeddedPostgres postgres = PostgresHome.start(home)) {
            for (String setting : new String[] {"fsync", "synchronous_commit", "full_page_writes", "data_checksums"}) {
                assertThat(ask(postgres.address(), "show " + setting))
                        .as(setting)
                        .containsExactly("on");
            }
            assertThat(ask(postgres.address(), "show listen_addresses")).containsExactly("127.0.0.1");
            assertThat(ask(postgres.address(), "show unix_socket_directories")).containsExactly("");
            assertThat(ask(postgres.address(), "show password_encryption")).containsExactly("scram-sha-256");
            assertThat(mode(home.resolve("database/password"))).isEqualTo("rw-------");
            assertThat(mode(home.resolve("database/18"))).isEqualTo("rwx------");
        }
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void itStopsQuicklyAndWhollyThoughSomebodyIsConnected() throws SQLException {
        EmbeddedPostgres postgres = PostgresHome.start(home);
        assertThat(PostgresHome.servers(home)).isNotEmpty();
        try (Connection idle = PostgresHome.connect(postgres.address())) {
            assertThat(idle.isValid(1)).isTrue();
            Instant begun = Instant.now();
            postgres.close();
            assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(5));
        }
        assertThat(PostgresHome.servers(home)).isEmpty();
        assertThat(postgres.healthy()).isFalse();
        postgres.close();
    }

    @Test
    void killedAtAnyMomentItComesBackWithEveryCommitThatWasAcknowledged() throws Exception {
        try (EmbeddedPostgres postgres = PostgresHome.start(home);
                PooledDatabase database = PooledDatabase.open(postgres.address())) {
            ask(postgres.address(), "drop schema if exists harbour cascade");
            ask(postgres.address(), "create schema harbour");
            ask(postgres.address(), "grant usage on schema harbour to sampan_app");
            ask(postgres.address(), "create table harbour.log (tenant_id text, id text primary key)");
            ask(postgres.address(), "grant select, insert on harbour.log to sampan_app");
            ask(postgres.address(), "select database.protect('harbour.log')");
            Writers writers = new Writers(database);
            Thread[] threads = {Thread.startVirtualThread(writers), Thread.startVirtualThread(writers)};
            for (int kill = 0; kill < 5; kill++) {
                int before = writers.acknowledged.size();
                await("commits", () -> writers.acknowledged.size() > before + 20);
                long killed = postgres.pid();
                PostgresHome.killTree(killed);
                await("a new server", () -> postgres.healthy() && postgres.pid() != killed);
            }
            int before = writers.acknowledged.size();
            await("commits after the last kill", () -> writers.acknowledged.size() > before + 20);
            writers.stop.set(true);
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(writers.strangeFaults).isEmpty();
            assertThat(writers.away.get()).isPositive();
            assertThat(ask(postgres.address(), "select id from harbour.log")).containsAll(writers.acknowledged);
        }
    }

    /// Writes row after row and notes which were acknowledged.
    private static final class Writers implements Runnable {
        private final PooledDatabase database;
        private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        private final Set<String> strangeFaults = ConcurrentHashMap.newKeySet();
        private final AtomicInteger away = new AtomicInteger();
        private final AtomicBoolean stop = new AtomicBoolean();

        private Writers(PooledDatabase database) {
            this.database = database;
        }

        @Override
        public void run() {
            TenantId tenant = new TenantId(Ulid.next());
            while (!stop.get()) {
                String id = Ulid.next().toString();
                Instant begun = Instant.now();
                try {
                    database.asTenant(
                            tenant,
                            sql -> sql.sql("insert into harbour.log values (?, ?)")
                                    .params(tenant.toString(), id)
                                    .update());
                    acknowledged.add(id);
                } catch (DatabaseAway _) {
                    away.incrementAndGet();
                } catch (RuntimeException e) {
                    strangeFaults.add(e.toString());
                }
                if (Duration.between(begun, Instant.now()).toSeconds() >= 8) {
                    strangeFaults.add("a call took " + Duration.between(begun, Instant.now()));
                }
            }
        }
    }

    @Test
    void aKilledPlatformsDatabaseIsTakenOverWithItsCommits() throws Exception {
        Process platform = PostgresHome.Child.launch(home);
        try (BufferedReader words = platform.inputReader()) {
            assertThat(words.readLine()).startsWith("jdbc:postgresql://127.0.0.1:");
        }
        assertThat(PostgresHome.servers(home)).isNotEmpty();
        platform.destroyForcibly().waitFor();
        try (EmbeddedPostgres next = PostgresHome.start(home)) {
            assertThat(ask(next.address(), "select 1")).containsExactly("1");
            assertThat(PostgresHome.heads(home)).containsExactly(next.pid());
        }
    }

    @Test
    void aLockFileThatNamesAnotherProgramDoesNotStopTheStart() throws IOException, SQLException {
        PostgresHome.start(home).close();
        Path lock = home.resolve("database/18/postmaster.pid");
        assertThat(lock).doesNotExist();
        Files.writeString(lock, ProcessHandle.current().pid() + "\n" + home.resolve("database/18") + "\n0\n5432\n");
        try (EmbeddedPostgres postgres = PostgresHome.start(home)) {
            assertThat(ask(postgres.address(), "select 1")).containsExactly("1");
        }
    }

    @Test
    void filesHalfMadeByACrashAreMadeAnew() throws IOException, SQLException {
        Path fresh = PostgresHome.make();
        Files.createDirectories(fresh.resolve("database/18.part/base"));
        Files.writeString(fresh.resolve("database/18.part/PG_VERSION"), "18\n");
        Files.writeString(fresh.resolve("database/password.part"), "half");
        try (EmbeddedPostgres postgres = PostgresHome.start(fresh)) {
            assertThat(ask(postgres.address(), "select 1")).containsExactly("1");
            assertThat(fresh.resolve("database/18.part")).doesNotExist();
        }
        Trees.delete(fresh);
    }

    @Test
    void aHomeThatTheLentUserCannotEnterIsServedWithoutRootsPowers() throws IOException, SQLException {
        assumeThat(System.getProperty("user.name")).isEqualTo("root");
        Path closed = Files.createTempDirectory("sampan-closed-"); // 0700
        try (EmbeddedPostgres postgres = PostgresHome.start(closed)) {
            assertThat(ask(postgres.address(), "select 1")).containsExactly("1");
        }
        Trees.delete(closed);
    }

    @Test
    void aDatabaseUserWhoDoesNotExistIsNamed() throws IOException {
        assumeThat(System.getProperty("user.name")).isEqualTo("root");
        Path fresh = PostgresHome.make();
        assertThatThrownBy(() -> EmbeddedPostgres.start(
                        new EmbeddedPostgres.Options(fresh, "nosuchuser", PostgresHome.PROGRAMS)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("nosuchuser")
                .hasMessageContaining("SAMPAN_DB_USER");
        Trees.delete(fresh);
    }
}
