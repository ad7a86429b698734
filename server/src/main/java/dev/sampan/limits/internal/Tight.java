package dev.sampan.limits.internal;

import dev.sampan.limits.Levels;
import dev.sampan.limits.Levels.Level;
import dev.sampan.limits.internal.Desk.Counted;
import dev.sampan.spec.LimitsSpec.Measure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The limits with the least left: what a client should know.
final class Tight {
    private Tight() {}

    /// The lock of the desk is held.
    static Levels of(List<Counted> counted, Moment now) {
        Level requests = least(counted, Measure.REQUESTS, now);
        Level tokens = least(counted, Measure.TOKENS, now);
        return requests == null && tokens == null ? Levels.NONE : new Levels(requests, tokens);
    }

    private static @Nullable Level least(List<Counted> counted, Measure measure, Moment now) {
        Counted tightest = null;
        long least = Long.MAX_VALUE;
        for (Counted one : counted) {
            if (one.rule().limit().measure() == measure) {
                long left = Math.max(0, one.limit() - one.counter().used(one.limit(), now));
                if (left < least) {
                    least = left;
                    tightest = one;
                }
            }
        }
        return tightest == null
                ? null
                : new Level(tightest.limit(), least, tightest.counter().resetMillis(tightest.limit(), now));
    }
}
