package dev.sampan.database;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A thread of its own that looks at something again and again, a pause between two looks. A look that fails is not the
/// last: what others change would be heard of no more. While the database is away nothing is said; what was seen last
/// stands.
public final class Watch {
    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

    /// A look that takes longer than this to end after [#stop] is interrupted, which breaks its connection.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final String name;
    private final long firstPauseMillis;
    private final LongSupplier look;
    private volatile @Nullable Run run;

    private record Run(Thread thread, CountDownLatch over) {}

    private Watch(String name, long firstPauseMillis, LongSupplier look) {
        this.name = name;
        this.firstPauseMillis = firstPauseMillis;
        this.look = look;
    }

    public static Watch every(Duration pause, String name, Runnable look) {
        return new Watch(name, pause.toMillis(), () -> {
            look.run();
            return pause.toMillis();
        });
    }

    /// @param look answers how many milliseconds the pause after it lasts
    public static Watch pacing(Duration firstPause, String name, LongSupplier look) {
        return new Watch(name, firstPause.toMillis(), look);
    }

    /// Looks on the caller's thread; what fails is told there as it is on the watch's own.
    public void look() {
        guarded();
    }

    /// @return the pause to the next one
    private long guarded() {
        try {
            return look.getAsLong();
        } catch (DatabaseAway _) {
            LOG.debug("{}: the database is away, looked again when it is back", name);
        } catch (RuntimeException e) {
            LOG.error("{}: one look failed, the next one follows", name, e);
        }
        return firstPauseMillis;
    }

    /// The first look comes a pause from now.
    public synchronized void start() {
        CountDownLatch over = new CountDownLatch(1);
        Thread thread = Thread.ofVirtual().name(name).unstarted(() -> lookOn(over));
        run = new Run(thread, over);
        thread.start();
    }

    private void lookOn(CountDownLatch over) {
        long pause = firstPauseMillis;
        try {
            while (!over.await(pause, TimeUnit.MILLISECONDS)) {
                pause = guarded();
            }
        } catch (InterruptedException _) {
            LOG.debug("{}: stopped while it looked", name);
        }
    }

    /// No look runs any more when this returns, unless one does not heed an interrupt.
    public synchronized void stop() {
        Run last = run;
        run = null;
        if (last == null) {
            return;
        }
        last.over.countDown();
        try {
            if (!last.thread.join(PATIENCE)) {
                last.thread.interrupt();
            }
        } catch (InterruptedException e) {
            last.thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    public boolean running() {
        return run != null;
    }
}
