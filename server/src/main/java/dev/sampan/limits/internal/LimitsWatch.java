package dev.sampan.limits.internal;

import dev.sampan.database.DatabaseAway;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// Looks about once a second for what other nodes have put in force and what they have used. When a look takes
/// long the pause grows with it, so that looking costs the database a tenth of its time at the most.
final class LimitsWatch implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(LimitsWatch.class);
    private static final long PAUSE_MILLIS = 1_000;
    private static final long QUIET_MILLIS = TimeUnit.MINUTES.toMillis(15);

    private final RuleBook book;
    private final LocalLimiter limiter;
    private volatile @Nullable Thread watch;

    LimitsWatch(RuleBook book, LocalLimiter limiter) {
        this.book = book;
        this.limiter = limiter;
    }

    @Override
    public void start() {
        book.look();
        Thread thread = Thread.ofVirtual().name("limits").unstarted(this::watch);
        watch = thread; // before it runs: it ends where there is none
        thread.start();
    }

    private void watch() {
        long pause = PAUSE_MILLIS;
        while (watch != null) {
            try {
                Thread.sleep(pause);
            } catch (InterruptedException _) {
                return; // by stop
            }
            pause = PAUSE_MILLIS + 10 * look();
        }
    }

    private long look() {
        long began = System.nanoTime();
        try {
            book.look();
            limiter.refresh(QUIET_MILLIS);
        } catch (DatabaseAway _) {
            LOG.debug("The database is away; what others have used stays as it was seen last");
        }
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    }

    @Override
    public void stop() {
        Thread running = watch;
        watch = null;
        if (running != null) {
            running.interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return watch != null;
    }
}
