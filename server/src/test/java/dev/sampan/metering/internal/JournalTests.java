package dev.sampan.metering.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampan.kernel.Money;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Ulid;
import dev.sampan.metering.Usage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTests {
    private static final Ulid NODE = Ulid.next();
    private static final int SEGMENTS_MAX = 100;

    private final SimulatedDisk disk = new SimulatedDisk();

    @Test
    void givesBackWhatWasSettledInOrder() throws IOException {
        Journal journal = open();
        List<Usage> settled = List.of(settle(journal), settle(journal), settle(journal));
        assertThat(read()).isEqualTo(settled);
    }

    @Test
    void tellsTheSettlementOnlyAfterTheForce() throws IOException {
        Journal journal = open();
        Usage usage = Usages.aUsage();
        journal.hold(usage.requestId(), usage.tenant(), usage.amount());
        CompletableFuture<?> told = journal.settle(usage).toCompletableFuture();
        assertThat(told).isNotDone();
        journal.commit(false);
        assertThat(told).isCompleted();
    }

    @Test
    void writesWhatArrivedDuringOneForceAsOneGroup() throws IOException {
        Journal journal = open();
        for (int i = 0; i < 100; i++) {
            Usage usage = Usages.aUsage();
            journal.hold(usage.requestId(), usage.tenant(), usage.amount());
            journal.settle(usage);
        }
        journal.commit(false);
        assertThat(journal.forces()).isEqualTo(1);
        assertThat(read()).hasSize(100);
    }

    @Test
    void cutsATornTailThatNobodyWasToldOf() throws IOException {
        Journal journal = open();
        Usage told = settle(journal);
        for (int seed = 0; seed < 20; seed++) {
            Usage untold = Usages.aUsage();
            journal.settle(untold);
            disk.failing(true);
            journal.commit(false); // the write fails before anybody hears of it
            disk.powerFails(new SplittableRandom(seed));
            assertThat(read()).contains(told);
            journal = open();
        }
    }

    @Test
    void losesNothingAcknowledgedWhenThePowerFails() throws IOException {
        SplittableRandom random = new SplittableRandom(7);
        List<Usage> told = new ArrayList<>();
        for (int round = 0; round < 30; round++) {
            Journal journal = open();
            told.add(settle(journal));
            told.add(settle(journal));
            disk.powerFails(random);
            assertThat(read()).containsAll(told);
        }
        assertThat(read()).doesNotHaveDuplicates().hasSameSizeAs(told);
    }

    @Test
    void refusesAJournalDamagedInTheMiddleAndNamesThePlace() throws IOException {
        Journal journal = open();
        settle(journal);
        settle(journal);
        disk.flip(disk.numbers().getFirst(), Format.HEADER_BYTES + Format.GROUP_HEADER_BYTES + 30);
        assertThatThrownBy(this::open)
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("segment 1 at byte " + Format.HEADER_BYTES)
                .hasMessageContaining("a sound group follows");
    }

    @Test
    void refusesAJournalWhoseSegmentEndsTooEarly() throws IOException {
        settle(open());
        Journal second = open();
        settle(second);
        disk.flip(disk.numbers().getFirst(), Format.HEADER_BYTES + Format.GROUP_HEADER_BYTES + 30);
        assertThatThrownBy(this::open).isInstanceOf(ProblemException.class).hasMessageContaining("group 1 is missing");
    }

    @Test
    void refusesTheJournalOfAnotherInstallation() throws IOException {
        settle(open());
        assertThatThrownBy(() -> Recovery.of(disk, Ulid.next(), 0))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("another installation");
    }

    @Test
    void refusesAnOldCopyOfTheJournal() throws IOException {
        settle(open());
        assertThatThrownBy(() -> Recovery.of(disk, NODE, 5))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("ends with group 1");
    }

    @Test
    void refusesADatabaseOlderThanTheJournal() throws IOException {
        Journal journal = open();
        settle(journal);
        fillUntilSegments(journal, 3);
        journal.drained(journal.durable());
        assertThatThrownBy(this::open).isInstanceOf(ProblemException.class).hasMessageContaining("database is older");
    }

    @Test
    void namesTheCallsThatWereRunning() throws IOException {
        Journal journal = open();
        Usage ended = settle(journal);
        Ulid running = Ulid.next();
        journal.hold(running, Usages.CUSTOMER, Money.of("1", "CNY"));
        Ulid released = Ulid.next();
        journal.hold(released, Usages.CUSTOMER, Money.of("1", "CNY"));
        journal.release(released, "refused");
        journal.commit(true);
        assertThat(Recovery.of(disk, NODE, 0).orphans())
                .containsExactly(running)
                .doesNotContain(ended.requestId());
        open().commit(true);
        assertThat(Recovery.of(disk, NODE, 0).orphans())
                .as("their end is written at the start")
                .isEmpty();
    }

    @Test
    void takesNoHoldOnAFullDiskButKeepsItsPromises() throws IOException {
        Journal journal = open();
        disk.full(true);
        List<Usage> promised = new ArrayList<>();
        while (journal.refusal() == null) {
            Usage usage = Usages.aUsage();
            journal.hold(usage.requestId(), usage.tenant(), usage.amount());
            promised.add(usage);
            hundredReleases(journal);
            journal.commit(true);
            journal.allocate();
        }
        assertThat(journal.refusal()).contains("No space left");
        for (Usage usage : promised) {
            CompletableFuture<?> told = journal.settle(usage).toCompletableFuture();
            journal.commit(false);
            assertThat(told).isCompleted();
        }
        assertThat(read()).hasSameSizeAs(promised);

        disk.full(false);
        journal.allocate();
        assertThat(journal.refusal()).as("room returned").isNull();
    }

    @Test
    void takesNoHoldWhenTheDatabaseIsTooFarBehind() throws IOException {
        Journal journal = new Journal(disk, NODE, Recovery.of(disk, NODE, 0), 3);
        journal.allocate();
        fillUntilSegments(journal, 3);
        while (journal.refusal() == null) {
            hundredReleases(journal);
            journal.commit(true);
            journal.allocate();
        }
        assertThat(journal.refusal()).contains("wait for");
        journal.drained(journal.durable());
        journal.allocate();
        assertThat(journal.refusal()).isNull();
    }

    @Test
    void stopsForGoodAfterAnErrorOfTheDisk() throws IOException {
        Journal journal = open();
        settle(journal);
        Usage lost = Usages.aUsage();
        CompletableFuture<?> told = journal.settle(lost).toCompletableFuture();
        disk.failing(true);
        journal.commit(false);
        assertThat(told).isCompletedExceptionally();

        disk.failing(false);
        assertThat(journal.commit(true)).isFalse();
        assertThat(journal.hold(Ulid.next(), Usages.CUSTOMER, lost.amount())).isFalse();
        assertThat(journal.settle(Usages.aUsage()).toCompletableFuture()).isCompletedExceptionally();
        assertThat(journal.refusal()).contains("error of the disk");
    }

    @Test
    void keepsItsRecordsInFilesOfItsFolder(@TempDir Path folder) throws IOException {
        JournalFolder files = new JournalFolder(folder);
        Journal journal = new Journal(files, NODE, Recovery.of(files, NODE, 0), SEGMENTS_MAX);
        journal.allocate();
        Usage usage = settle(journal);
        journal.close();
        assertThat(folder.resolve("00000000000000000001.journal")).hasSize(Format.SEGMENT_BYTES);
        assertThat(read(files)).containsExactly(usage);
    }

    private Journal open() throws IOException {
        Journal journal = new Journal(disk, NODE, Recovery.of(disk, NODE, 0), SEGMENTS_MAX);
        journal.allocate();
        return journal;
    }

    private static Usage settle(Journal journal) {
        Usage usage = Usages.aUsage();
        assertThat(journal.hold(usage.requestId(), usage.tenant(), usage.amount()))
                .isTrue();
        CompletableFuture<?> told = journal.settle(usage).toCompletableFuture();
        journal.commit(false);
        assertThat(told).isCompleted();
        return usage;
    }

    /// So that segments fill quickly.
    private void fillUntilSegments(Journal journal, int segments) {
        while (disk.numbers().size() < segments) {
            for (int i = 0; i < 100; i++) {
                hundredReleases(journal);
            }
            journal.commit(true);
            settle(journal);
            journal.allocate();
        }
    }

    private static void hundredReleases(Journal journal) {
        for (int i = 0; i < 100 && journal.hold(NODE, Usages.CUSTOMER, Money.of("1", "CNY")); i++) {
            journal.release(NODE, "filling the segment");
        }
    }

    private List<Usage> read() {
        return read(disk);
    }

    private static List<Usage> read(JournalDisk from) {
        JournalReader reader = new JournalReader(from, NODE);
        List<Usage> usages = new ArrayList<>();
        for (var group = reader.next(Long.MAX_VALUE); group != null; group = reader.next(Long.MAX_VALUE)) {
            Records.read(group.records(), read -> {
                if (read instanceof Records.Settle(Usage usage)) {
                    usages.add(usage);
                }
            });
        }
        reader.requireTornTail();
        return usages;
    }
}
