package dev.sampan.limits.internal;

import dev.sampan.database.Watch;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.context.SmartLifecycle;

/// Looks about once a second for what other nodes have put in force and what they have used. When a look takes
/// long the pause grows with it, so that looking costs the database a tenth of its time at the most.
final class LimitsWatch implements SmartLifecycle {
    private static final long PAUSE_MILLIS = 1_000;
    private static final long QUIET_MILLIS = TimeUnit.MINUTES.toMillis(15);

    private final RuleBook book;
    private final LocalLimiter limiter;
    private final Watch watch = Watch.pacing(Duration.ofMillis(PAUSE_MILLIS), "limits", this::look);

    LimitsWatch(RuleBook book, LocalLimiter limiter) {
        this.book = book;
        this.limiter = limiter;
    }

    @Override
    public void start() {
        book.look();
        watch.start();
    }

    /// @return the pause to the next look
    private long look() {
        long began = System.nanoTime();
        book.look();
        limiter.refresh(QUIET_MILLIS);
        return PAUSE_MILLIS + 10 * TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    }

    @Override
    public void stop() {
        watch.stop();
    }

    @Override
    public boolean isRunning() {
        return watch.running();
    }
}
