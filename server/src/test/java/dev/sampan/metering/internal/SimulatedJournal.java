package dev.sampan.metering.internal;

import dev.sampan.kernel.Money;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.metering.Booking;
import dev.sampan.metering.CallJournal;
import dev.sampan.metering.Usage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/// The real journal and the real drainer without their threads: each step is taken by whoever simulates.
public final class SimulatedJournal implements CallJournal {
    private final Ulid node;
    private final Journal journal;
    private final Drainer drainer;

    /// The database, as a simulation has it.
    public interface Store {
        long drained(Ulid node);

        void store(Booking.Batch batch, long upTo);
    }

    public SimulatedJournal(SimulatedDisk disk, Ulid node, Store store, Booking booking) {
        this.node = node;
        UsageStore usages = new UsageStore() {
            @Override
            public long drained(Ulid of) {
                return store.drained(of);
            }

            @Override
            public void store(Booking.Batch batch, long upTo) {
                store.store(batch, upTo);
            }
        };
        try {
            Recovery recovery = Recovery.of(disk, node, store.drained(node));
            journal = new Journal(disk, node, recovery, 4);
            drainer = new Drainer(journal, new JournalReader(disk, node), usages, booking, node);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean write() {
        return journal.commit(true);
    }

    public void allocate() {
        journal.allocate();
    }

    public boolean drain() {
        return drainer.step();
    }

    @Override
    public Ulid node() {
        return node;
    }

    @Override
    public boolean accepting() {
        return journal.refusal() == null;
    }

    @Override
    public String state() {
        String refusal = journal.refusal();
        return refusal == null ? "writing" : refusal;
    }

    @Override
    public boolean hold(Ulid requestId, TenantId tenant, Money amount) {
        return journal.hold(requestId, tenant, amount);
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
        write();
        drainer.flush();
    }

    @Override
    public <T> T betweenDrains(Supplier<T> look) {
        return drainer.betweenDrains(look);
    }
}
