package dev.sampan.metering.internal;

import dev.sampan.kernel.Ulid;
import dev.sampan.metering.Booking;
import dev.sampan.metering.Usage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Moves settlements from the journal into the database, batch by batch, each batch in one transaction with the
/// position it ends at. A batch whose fate is unknown is given again, unchanged.
final class Drainer {
    /// Whole groups are taken until a batch has so many settlements.
    private static final int BATCH = 4096;

    private final Journal journal;
    private final JournalReader reader;
    private final UsageStore store;
    private final Booking booking;
    private final Ulid node;
    private final ReentrantLock draining = new ReentrantLock();
    private @Nullable Pending pending;
    private volatile long drained;

    Drainer(Journal journal, JournalReader reader, UsageStore store, Booking booking, Ulid node) {
        this.journal = journal;
        this.reader = reader;
        this.store = store;
        this.booking = booking;
        this.node = node;
        this.drained = store.drained(node);
    }

    private record Pending(Booking.Batch batch, long upTo) {}

    /// Moves one batch.
    ///
    /// @return false when the database holds everything that is durable
    boolean step() {
        draining.lock();
        try {
            Pending moving = pending == null ? collect() : pending;
            if (moving == null) {
                return false;
            }
            pending = moving;
            store.store(moving.batch, moving.upTo);
            pending = null;
            drained = moving.upTo;
            booking.booked(moving.batch.usages());
            journal.drained(drained);
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException("a drained segment of the call journal cannot be deleted", e);
        } finally {
            draining.unlock();
        }
    }

    /// Moves what is durable now.
    void flush() {
        long target = journal.durable();
        while (drained < target) {
            if (!step()) {
                return;
            }
        }
    }

    <T> T betweenDrains(Supplier<T> look) {
        draining.lock();
        try {
            if (pending != null) {
                step(); // perhaps it is in the database already: then memory must know first
            }
            return look.get();
        } finally {
            draining.unlock();
        }
    }

    /// Sequence of the last group that is in the database.
    long drained() {
        return drained;
    }

    /// Groups that are durable and not in the database.
    long groupsWaiting() {
        return journal.durable() - drained;
    }

    private @Nullable Pending collect() {
        long durable = journal.durable();
        long upTo = drained;
        List<Usage> usages = new ArrayList<>();
        while (usages.size() < BATCH) {
            JournalReader.Group group = reader.next(durable);
            if (group == null) {
                break;
            }
            if (group.sequence() > drained) {
                upTo = group.sequence();
                Records.read(group.records(), read -> {
                    if (read instanceof Records.Settle(Usage usage)) {
                        usages.add(usage);
                    }
                });
            }
        }
        return upTo == drained ? null : new Pending(new Booking.Batch(Ulid.next(), node, usages), upTo);
    }
}
