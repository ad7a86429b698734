package dev.sampan.limits.internal;

import org.jspecify.annotations.Nullable;

/// Calls at once.
final class Running implements Counter {
    /// Nobody knows when a call ends.
    private static final long WAIT_MILLIS = 1000;

    private long running;

    @Override
    public long wait(long many, long limit, Moment now) {
        return running + many <= limit ? 0 : WAIT_MILLIS;
    }

    @Override
    public @Nullable Object take(long many, long limit, Moment now) {
        running += many;
        return null;
    }

    @Override
    public void settle(@Nullable Object place, long taken, long used) {
        running -= taken - used;
    }

    @Override
    public long used(long limit, Moment now) {
        return running;
    }

    @Override
    public long resetMillis(long limit, Moment now) {
        return running == 0 ? 0 : WAIT_MILLIS;
    }
}
