package dev.sampan.limits.internal;

import org.jspecify.annotations.Nullable;

/// A limit by the minute: a bucket of so many that leaks a sixtieth of them each second (the leaky bucket as a
/// meter, ITU-T I.371). After a pause all of it may be used at once.
///
/// Exact in whole numbers: the level is in units × nanoseconds of a minute, 6·10¹⁸ at the most, see
/// `limits.yaml`.
final class Bucket implements Counter {
    static final long PERIOD = 60_000_000_000L;
    private static final long MILLI = 1_000_000;

    private long level;
    private long at;

    private void leak(long limit, Moment now) {
        long passed = Math.clamp(now.nanos() - at, 0, PERIOD);
        level = Math.max(0, level - passed * limit);
        at = now.nanos();
    }

    @Override
    public long wait(long many, long limit, Moment now) {
        if (many > limit) {
            return NEVER;
        }
        leak(limit, now);
        long above = level - (limit - many) * PERIOD;
        return above <= 0 ? 0 : Math.ceilDiv(Math.ceilDiv(above, limit), MILLI);
    }

    @Override
    public @Nullable Object take(long many, long limit, Moment now) {
        leak(limit, now);
        level += many * PERIOD;
        return null;
    }

    @Override
    public void settle(@Nullable Object place, long taken, long used) {
        level = Math.max(0, level - (taken - used) * PERIOD);
    }

    @Override
    public long used(long limit, Moment now) {
        leak(limit, now);
        return Math.ceilDiv(level, PERIOD);
    }

    @Override
    public long resetMillis(long limit, Moment now) {
        leak(limit, now);
        return limit == 0 ? 0 : Math.ceilDiv(Math.ceilDiv(level, limit), MILLI);
    }
}
