package dev.sampan.metering.internal;

import dev.sampan.kernel.Money;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.metering.Usage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Writes the journal. Callers add records to the open group; [#commit], on one thread, writes and forces it
/// while the next group fills. There is no timer: a group is what arrived during the last force.
///
/// **Room is promised before it is needed.** A hold is taken only when its settlement is sure to fit: a spare
/// segment lies ready, or the active one has room for all settlements that may come. A full disk therefore
/// refuses holds and never a settlement. [#allocate], on a thread of its own, makes the spare and so heals
/// this when room returns.
///
/// **An error of the disk ends it.** After a failed write or force nobody knows what is on the disk (the
/// kernel may drop the pages), so nothing is tried again; the next start reads what is there.
final class Journal {
    /// All promised settlements together with the open group fit into half a segment, hence a group always
    /// fits into a fresh one, and beside it everything promised before.
    private static final int GROUP_BYTES_MAX = Format.SEGMENT_BYTES / 2 - Format.HEADER_BYTES;

    /// Records that nobody awaits are written when there are so many bytes of them.
    private static final int UNAWAITED_BYTES = 64 << 10;

    private final JournalDisk disk;
    private final Ulid node;
    private final int segmentsMax;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();

    /// One segment is made at a time, so that they are used in the order of their numbers.
    private final ReentrantLock allocation = new ReentrantLock();

    /// Last sequence by segment, of segments that are full.
    private final TreeMap<Long, Long> closed;

    private long lastSegment;
    private OpenGroup group = new OpenGroup();
    private OpenGroup idle = new OpenGroup();
    private int promised;
    private int beingWritten;
    private CompletableFuture<@Nullable Void> lastAwaited = CompletableFuture.completedFuture(null);
    private boolean stopping;
    private volatile @Nullable String failure;
    private @Nullable String noSpare = "the first segment is not allocated yet";
    private @Nullable Spare spare;
    private JournalDisk.@Nullable Segment active;
    private long activeNumber;
    private int writeAt;
    private volatile long durable;
    private volatile long forces;

    Journal(JournalDisk disk, Ulid node, Recovery recovery, int segmentsMax) {
        this.disk = disk;
        this.node = node;
        this.segmentsMax = segmentsMax;
        this.closed = new TreeMap<>(recovery.lastBySegment());
        this.lastSegment = recovery.segment();
        this.durable = recovery.last();
        for (Ulid orphan : recovery.orphans()) {
            group.room(Records.BYTES_MAX);
            Records.release(group.bytes, orphan, "expired");
        }
    }

    private record Spare(long number, JournalDisk.Segment segment) {}

    boolean hold(Ulid requestId, TenantId tenant, Money amount) {
        lock.lock();
        try {
            if (refusal() != null) {
                return false;
            }
            group.room(Records.BYTES_MAX);
            Records.hold(group.bytes, requestId, tenant, amount);
            promised++;
            signalWhenMuch();
            return true;
        } finally {
            lock.unlock();
        }
    }

    CompletionStage<@Nullable Void> settle(Usage usage) {
        lock.lock();
        try {
            if (failure != null) {
                return CompletableFuture.failedFuture(new IOException(failure));
            }
            group.room(Records.BYTES_MAX);
            int start = group.bytes.position();
            try {
                Records.settle(group.bytes, usage);
            } catch (IllegalArgumentException e) {
                group.bytes.position(start);
                throw e;
            }
            promised--;
            if (!group.awaited) {
                group.awaited = true;
                lastAwaited = group.done;
                work.signal();
            }
            return group.done;
        } finally {
            lock.unlock();
        }
    }

    void release(Ulid requestId, String reason) {
        lock.lock();
        try {
            promised--;
            if (failure == null) {
                group.room(Records.BYTES_MAX);
                Records.release(group.bytes, requestId, reason);
                signalWhenMuch();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Why no hold is taken now; null when they are.
    @Nullable
    String refusal() {
        lock.lock();
        try {
            if (failure != null) {
                return failure;
            }
            if (stopping) {
                return "the call journal is closed";
            }
            int mayCome = group.bytes.position() + (promised + 2) * Records.BYTES_MAX;
            if (mayCome > GROUP_BYTES_MAX) {
                return "more calls are running than the call journal takes at once";
            }
            boolean fits = spare != null || active != null && writeAt + beingWritten + mayCome <= Format.SEGMENT_BYTES;
            return fits ? null : "the call journal has no room: " + noSpare;
        } finally {
            lock.unlock();
        }
    }

    /// Writes and forces the open group, if there is one.
    ///
    /// @param unawaited also records that nobody waits for
    /// @return false when there was nothing to do
    boolean commit(boolean unawaited) {
        OpenGroup writing;
        lock.lock();
        try {
            if (failure != null || group.isEmpty() || !(unawaited || group.awaited || isMuch())) {
                return false;
            }
            writing = group;
            group = idle;
            beingWritten = writing.bytes.position();
        } finally {
            lock.unlock();
        }
        try {
            write(writing);
        } catch (IOException e) {
            fail(writing, e);
            return false;
        }
        CompletableFuture<@Nullable Void> done = writing.done;
        lock.lock();
        try {
            writing.reset();
            idle = writing;
            durable++;
            forces++;
        } finally {
            lock.unlock();
        }
        done.complete(null);
        return true;
    }

    private void write(OpenGroup writing) throws IOException {
        Format.seal(writing.bytes, durable + 1);
        ByteBuffer bytes = writing.bytes.flip();
        JournalDisk.Segment to = active;
        if (to == null || writeAt + bytes.remaining() > Format.SEGMENT_BYTES) {
            to = rollOver();
        }
        int length = bytes.remaining();
        to.write(bytes, writeAt);
        to.force();
        lock.lock();
        try {
            writeAt += length;
            beingWritten = 0;
        } finally {
            lock.unlock();
        }
    }

    /// The header goes to the disk with the first group's force.
    private JournalDisk.Segment rollOver() throws IOException {
        if (spare == null) {
            allocate();
        }
        JournalDisk.Segment full;
        Spare next;
        lock.lock();
        try {
            next = spare;
            if (next == null) {
                throw new IOException("no segment lies ready: " + noSpare);
            }
            full = active;
            if (full != null) {
                closed.put(activeNumber, durable);
            }
            spare = null;
            active = next.segment;
            activeNumber = next.number;
            writeAt = Format.HEADER_BYTES;
            noSpare = "the next segment is being allocated";
        } finally {
            lock.unlock();
        }
        if (full != null) {
            full.close();
        }
        ByteBuffer header = ByteBuffer.allocate(Format.HEADER_BYTES);
        new Format.Header(node, next.number, durable + 1).write(header);
        next.segment.write(header.flip(), 0);
        return next.segment;
    }

    private void fail(OpenGroup lost, IOException cause) {
        OpenGroup unwritten;
        lock.lock();
        try {
            failure = "the call journal stopped after an error of the disk (" + cause.getMessage()
                    + "); start the platform again when the disk is sound";
            unwritten = group;
        } finally {
            lock.unlock();
        }
        lost.done.completeExceptionally(cause);
        unwritten.done.completeExceptionally(cause);
    }

    /// Makes the spare segment when there is none.
    void allocate() {
        allocation.lock();
        try {
            allocateNext();
        } finally {
            allocation.unlock();
        }
    }

    private void allocateNext() {
        long number;
        lock.lock();
        try {
            if (spare != null || failure != null) {
                return;
            }
            if (closed.size() + 1 >= segmentsMax) {
                noSpare = "the database is away or too slow, and " + closed.size() + " segments wait for it";
                return;
            }
            number = ++lastSegment;
        } finally {
            lock.unlock();
        }
        JournalDisk.Segment made = null;
        String why = null;
        try {
            made = disk.create(number, Format.SEGMENT_BYTES);
        } catch (IOException e) {
            why = String.valueOf(e.getMessage());
        }
        lock.lock();
        try {
            spare = made == null ? null : new Spare(number, made);
            noSpare = why;
        } finally {
            lock.unlock();
        }
    }

    /// Deletes segments whose last group is in the database.
    void drained(long sequence) throws IOException {
        while (true) {
            long number;
            lock.lock();
            try {
                Map.Entry<Long, Long> oldest = closed.firstEntry();
                if (oldest == null || oldest.getValue() > sequence) {
                    return;
                }
                number = oldest.getKey();
                closed.remove(number);
            } finally {
                lock.unlock();
            }
            disk.delete(number);
        }
    }

    /// Waits for work; returns early when [#stop] was called.
    void awaitWork() {
        lock.lock();
        try {
            while (!stopping && failure == null && !group.awaited && !isMuch()) {
                work.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Takes no further hold.
    void stop() {
        lock.lock();
        try {
            stopping = true;
            work.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void close() throws IOException {
        if (active != null) {
            active.close();
        }
        if (spare != null) {
            spare.segment.close();
        }
    }

    /// Completes when every settlement so far is on the disk.
    CompletableFuture<@Nullable Void> settled() {
        lock.lock();
        try {
            return lastAwaited;
        } finally {
            lock.unlock();
        }
    }

    /// Sequence of the last group that is on the disk.
    long durable() {
        return durable;
    }

    long forces() {
        return forces;
    }

    boolean stopped() {
        return stopping || failure != null;
    }

    private boolean isMuch() {
        return group.bytes.position() >= UNAWAITED_BYTES;
    }

    private void signalWhenMuch() {
        if (isMuch()) {
            work.signal();
        }
    }
}
