package dev.sampan.data.internal.prepare;

import dev.sampan.data.internal.source.Elsewhere;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// Hashes and writes one buffer on another thread while the next is filled, in order. What goes wrong there is
/// thrown here, at the next buffer or at the end.
final class Behind implements Spool.Taker {
    private final Spool.Taker taker;
    private final ExecutorService thread;
    private byte[] copy = new byte[0];
    private @Nullable Future<?> running;

    Behind(Spool.Taker taker, ExecutorService thread) {
        this.taker = taker;
        this.thread = thread;
    }

    @Override
    public void take(byte[] bytes, int from, int length) throws IOException {
        await();
        if (copy.length < length) {
            copy = new byte[length];
        }
        System.arraycopy(bytes, from, copy, 0, length);
        running = thread.submit(() -> {
            taker.take(copy, 0, length);
            return null;
        });
    }

    /// Until all that was given is taken.
    void await() throws IOException {
        if (running != null) {
            Elsewhere.result(running, "writing");
        }
    }
}
