package dev.sampan.metering.internal;

import dev.sampan.database.DatabaseAway;
import dev.sampan.kernel.Money;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.metering.Booking;
import dev.sampan.metering.CallJournal;
import dev.sampan.metering.Usage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The journal and the drainer with their three threads: one writes, one allocates, one drains.
final class LocalCallJournal implements CallJournal, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CallJournal.class);
    private static final long DRAIN_MILLIS = 250;
    private static final long ALLOCATE_MILLIS = 100;
    private static final long RETRY_MILLIS_MAX = 2_000;

    private final NodeFolder folder;
    private final JournalDisk disk;
    private final Journal journal;
    private final Drainer drainer;
    private final List<Thread> threads;

    /// Set while draining fails again for another reason than an absent database: then the books do not add up,
    /// and nothing more is sold until somebody has looked.
    private volatile @Nullable String unbookable;

    private LocalCallJournal(NodeFolder folder, JournalDisk disk, Journal journal, Drainer drainer) {
        this.folder = folder;
        this.disk = disk;
        this.journal = journal;
        this.drainer = drainer;
        this.threads = List.of(
                Thread.ofPlatform().name("journal-writer").unstarted(this::write),
                Thread.ofPlatform().name("journal-room").daemon().unstarted(this::makeRoom),
                Thread.ofPlatform().name("journal-drain").daemon().unstarted(this::drain));
    }

    /// Reads and checks the whole journal.
    ///
    /// @param bytesMax how much may wait for the database; at least three segments
    /// @throws dev.sampan.kernel.ProblemException `metering.journal_in_use`, `metering.journal_damaged` and
    ///     others
    static LocalCallJournal open(Path path, UsageStore store, Booking booking, long bytesMax) {
        NodeFolder folder = new NodeFolder(path);
        try {
            JournalDisk disk = new JournalFolder(path);
            Recovery recovery = Recovery.of(disk, folder.node(), store.drained(folder.node()));
            if (!recovery.orphans().isEmpty()) {
                LOG.info(
                        "{} calls were running when the platform stopped; their holds are free again",
                        recovery.orphans().size());
            }
            int segmentsMax = Math.clamp(bytesMax / Format.SEGMENT_BYTES, 3, 1 << 20);
            Journal journal = new Journal(disk, folder.node(), recovery, segmentsMax);
            JournalReader reader = new JournalReader(disk, folder.node());
            return new LocalCallJournal(
                    folder, disk, journal, new Drainer(journal, reader, store, booking, folder.node()));
        } catch (IOException e) {
            throw new UncheckedIOException("the call journal in " + path + " cannot be read", e);
        }
    }

    /// Everything earlier runs left is in the database when this returns.
    void start() {
        journal.allocate();
        drainer.flush();
        threads.forEach(Thread::start);
    }

    /// Takes no further hold, writes what is open, and drains as far as the database is there.
    @Override
    public void close() throws IOException {
        journal.stop();
        for (Thread thread : threads) {
            thread.interrupt();
            join(thread);
        }
        try {
            drainer.flush();
        } catch (DatabaseAway e) {
            LOG.warn("The database is away; {} groups of calls are booked at the next start", drainer.groupsWaiting());
        }
        journal.close();
        folder.close();
    }

    private void write() {
        while (!journal.stopped()) {
            journal.awaitWork();
            journal.commit(false);
        }
        journal.commit(true);
    }

    private void makeRoom() {
        while (!journal.stopped()) {
            journal.allocate();
            sleep(ALLOCATE_MILLIS);
        }
    }

    private void drain() {
        long pause = DRAIN_MILLIS;
        boolean failedBefore = false;
        while (!journal.stopped()) {
            try {
                while (drainer.step()) {
                    pause = DRAIN_MILLIS;
                }
                unbookable = null;
                failedBefore = false;
            } catch (DatabaseAway e) {
                pause = Math.min(RETRY_MILLIS_MAX, pause * 2);
                LOG.warn("The database is away; {} groups of calls wait in the journal", drainer.groupsWaiting());
            } catch (RuntimeException e) {
                pause = Math.min(RETRY_MILLIS_MAX, pause * 2);
                unbookable = failedBefore ? "calls cannot be booked: " + e.getMessage() : unbookable;
                failedBefore = true;
                LOG.error("Calls cannot be booked; after a second time none is taken until they can", e);
            }
            sleep(pause);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the journal was being closed", e);
        }
    }

    /// An interrupt ends the pause: [#close] asks the loops to look at the journal's state.
    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException _) {
            return;
        }
    }

    @Override
    public Ulid node() {
        return folder.node();
    }

    @Override
    public boolean accepting() {
        return unbookable == null && journal.refusal() == null;
    }

    @Override
    public String state() {
        String refusal = unbookable == null ? journal.refusal() : unbookable;
        return refusal == null ? "writing, " + drainer.groupsWaiting() + " groups wait for the database" : refusal;
    }

    @Override
    public boolean hold(Ulid requestId, TenantId tenant, Money amount) {
        return unbookable == null && journal.hold(requestId, tenant, amount);
    }

    @Override
    @SuppressWarnings("NullAway") // a stage of nothing completes with null
    public CompletionStage<Void> settle(Usage usage) {
        return journal.settle(usage);
    }

    @Override
    public void release(Ulid requestId, String reason) {
        journal.release(requestId, reason);
    }

    @Override
    public void flush() {
        if (!journal.stopped()) {
            journal.settled().exceptionally(_ -> null).join(); // what failed is told where it was awaited
        }
        drainer.flush();
    }

    @Override
    public <T> T betweenDrains(Supplier<T> look) {
        return drainer.betweenDrains(look);
    }

    /// Reads again from the disk every settlement that is kept there and should be in the database; nothing drains
    /// meanwhile.
    void drainedAgain(Consumer<Usage> each) {
        drainer.betweenDrains(() -> {
            JournalReader again = new JournalReader(disk, folder.node());
            long upTo = drainer.drained();
            for (JournalReader.@Nullable Group group = again.next(upTo); group != null; group = again.next(upTo)) {
                Records.read(group.records(), read -> {
                    if (read instanceof Records.Settle(Usage usage)) {
                        each.accept(usage);
                    }
                });
            }
            return upTo;
        });
    }

    long forces() {
        return journal.forces();
    }

    long groupsWaiting() {
        return drainer.groupsWaiting();
    }
}
