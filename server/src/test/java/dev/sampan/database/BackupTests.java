package dev.sampan.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampan.database.internal.backup.WalArchive;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What was committed comes back from a copy that was taken while it was being written.
class BackupTests {
    private Path home;
    private Path elsewhere;
    private BackupFolder backups;

    @BeforeEach
    void homes() throws Exception {
        home = PostgresHome.make();
        elsewhere = PostgresHome.make();
        Files.createSymbolicLink(home.resolve("postgres"), Files.createDirectories(PostgresHome.PROGRAMS));
        Files.createSymbolicLink(elsewhere.resolve("postgres"), PostgresHome.PROGRAMS);
        backups = new BackupFolder(PostgresHome.make());
    }

    private static void count(EmbeddedPostgres postgres, int from, int to) throws Exception {
        for (int i = from; i <= to; i++) {
            PostgresHome.ask(postgres.address(), "insert into counted values (" + i + ")");
        }
    }

    private List<String> restored() throws Exception {
        try (EmbeddedPostgres postgres = PostgresHome.start(elsewhere)) {
            assertThat(PostgresHome.ask(postgres.address(), "select pg_is_in_recovery()::text"))
                    .containsExactly("false");
            PostgresHome.ask(postgres.address(), "create table written_after (n int)");
            return PostgresHome.ask(postgres.address(), "select n::text from counted order by n");
        }
    }

    @Test
    void aCopyTakenWhileRowsAreWrittenHoldsAllThatWasCommittedBefore() throws Exception {
        Files.createDirectories(home.resolve("models/ab"));
        Files.writeString(home.resolve("models/ab/model.onnx"), "weights");
        Files.writeString(home.resolve("master-key.json"), "secret");
        Files.createDirectories(home.resolve("journal"));
        Files.writeString(home.resolve("journal/node"), "01NODE");
        try (HomeLock _ = HomeLock.take(home);
                EmbeddedPostgres postgres = PostgresHome.start(home)) {
            PostgresHome.ask(postgres.address(), "create table counted (n int primary key)");
            count(postgres, 1, 50);
            Thread writer = Thread.ofVirtual().start(() -> {
                try {
                    count(postgres, 51, 400);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            backups.take(home, 0, Progress.NONE);
            writer.join();
        }
        backups.restore(elsewhere, null, Progress.NONE);
        assertThat(restored()).hasSizeBetween(50, 400).contains("1", "50");
        assertThat(elsewhere.resolve("models/ab/model.onnx")).hasContent("weights");
        assertThat(elsewhere.resolve("journal/node")).hasContent("01NODE");
        assertThat(elsewhere.resolve("master-key.json")).doesNotExist();
        try (var files = Files.walk(backups.backups().getFirst())) {
            assertThat(files.filter(file -> file.endsWith("master-key.json"))).isEmpty();
        }
    }

    @Test
    void theArchivedLogBringsBackWhatWasCommittedJustBeforeEverythingWasLost() throws Exception {
        Instant between;
        try (HomeLock _ = HomeLock.take(home);
                EmbeddedPostgres postgres = PostgresHome.start(home)) {
            PostgresHome.ask(postgres.address(), "create table counted (n int primary key)");
            try (WalArchive archive = new WalArchive(backups.wal(), postgres.address())) {
                backups.take(home, 0, Progress.NONE);
                count(postgres, 1, 20);
                PostgresHome.ask(postgres.address(), "select pg_switch_wal()");
                Thread.sleep(50);
                between = Instant.now();
                Thread.sleep(50);
                count(postgres, 21, 40);
                long end = Long.parseLong(PostgresHome.ask(
                                postgres.address(), "select (pg_current_wal_flush_lsn() - '0/0'::pg_lsn)::bigint::text")
                        .getFirst());
                while (archive.flushed() < end) {
                    Thread.sleep(5);
                }
                PostgresHome.killTree(postgres.pid()); // the disk is lost: nothing is written any more
            }
        }
        backups.restore(elsewhere, null, Progress.NONE);
        assertThat(restored()).hasSize(40);
        Path third = PostgresHome.make();
        Files.createSymbolicLink(third.resolve("postgres"), PostgresHome.PROGRAMS);
        backups.restore(third, between, Progress.NONE);
        elsewhere = third;
        assertThat(restored()).hasSize(20);
    }

    @Test
    void aBackupIsNotRestoredOverADatabaseNorFromDamagedFiles() throws Exception {
        try (HomeLock _ = HomeLock.take(home);
                EmbeddedPostgres postgres = PostgresHome.start(home)) {
            PostgresHome.ask(postgres.address(), "create table counted (n int primary key)");
            count(postgres, 1, 3);
        }
        backups.take(home, 0, Progress.NONE); // nobody runs: started for the copy
        assertThatThrownBy(() -> backups.restore(home, null, Progress.NONE))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("There is a database in");
        Path backup = backups.backups().getFirst();
        Files.writeString(backup.resolve("database/18/PG_VERSION"), "17\n");
        assertThatThrownBy(() -> backups.restore(elsewhere, null, Progress.NONE))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("PG_VERSION is damaged");
        assertThat(elsewhere.resolve("database/18")).doesNotExist();
        assertThat(elsewhere.resolve("database/18.part")).doesNotExist();
        assertThatThrownBy(() -> new BackupFolder(elsewhere.resolve("none")).restore(elsewhere, null, Progress.NONE))
                .hasMessageContaining("There is no backup in");
    }

    @Test
    void onlyTheNewestBackupsAreKept() throws Exception {
        try (HomeLock _ = HomeLock.take(home);
                EmbeddedPostgres postgres = PostgresHome.start(home);
                WalArchive _ = new WalArchive(backups.wal(), postgres.address())) {
            backups.take(home, 0, Progress.NONE);
            Thread.sleep(1_000); // names count seconds
            PostgresHome.ask(postgres.address(), "create table counted (n int primary key)");
            backups.take(home, 1, Progress.NONE);
        }
        assertThat(backups.backups()).hasSize(1);
        backups.restore(elsewhere, null, Progress.NONE);
        assertThat(restored()).isEmpty();
    }

    @Test
    void anArchiveBelongsToOneDatabase() throws Exception {
        try (EmbeddedPostgres postgres = PostgresHome.start(home)) {
            new WalArchive(backups.wal(), postgres.address()).close();
        }
        try (EmbeddedPostgres other = PostgresHome.start(elsewhere)) {
            assertThatThrownBy(() -> new WalArchive(backups.wal(), other.address()))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("another database");
        }
    }
}
