package dev.sampan.limits.internal;

import dev.sampan.limits.UsedSoFar;
import dev.sampan.spec.LimitsSpec.Window;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// A limit over hours or days.
///
/// Used is: what [UsedSoFar] says of others, and what this counter has seen settled, and what runs holds. This
/// counter's own calls are never read back from the database, so that none counts twice and none is missed while
/// it is on its way there.
final class Span implements Counter {
    /// What running calls hold may be free again soon.
    private static final long WAIT_MILLIS = 1000;

    private final Window window;
    private final ZoneId zone;
    private final long madeAt;
    private final Deque<Slot> slots = new ArrayDeque<>();
    private boolean known;
    private long elsewhere;
    private long elsewhereFrom;
    private long before;
    private long start;
    private long nextAt = Long.MIN_VALUE;

    /// Calls that leave the window together.
    private static final class Slot {
        final long from;
        long settled;
        long reserved;

        Slot(long from) {
            this.from = from;
        }
    }

    Span(Window window, ZoneId zone, long millis) {
        this.window = window;
        this.zone = zone;
        this.madeAt = Math.floorDiv(millis, UsedSoFar.QUARTER_MILLIS) * UsedSoFar.QUARTER_MILLIS;
        move(millis);
    }

    /// Whether its past was looked up.
    boolean known() {
        return known;
    }

    ZoneId zone() {
        return zone;
    }

    /// Since when this counter counts itself, at a quarter of an hour.
    long madeAt() {
        return madeAt;
    }

    long start(long millis) {
        move(millis);
        return start;
    }

    /// Takes over what was looked up for a window with that start.
    void learn(long from, UsedSoFar.Sum sum) {
        elsewhere = sum.elsewhere();
        elsewhereFrom = from;
        if (!known) {
            before = sum.here();
            known = true;
        }
    }

    boolean idle() {
        return slots.stream().allMatch(slot -> slot.reserved == 0);
    }

    private Slot move(long millis) {
        if (millis >= nextAt) {
            start = Windows.start(window, millis, zone);
            nextAt = Windows.slotEnd(window, millis, zone);
            slots.removeIf(slot -> slot.from < start);
            slots.add(new Slot(Windows.slot(window, millis, zone)));
            if (window != Window.FIVE_HOURS && elsewhereFrom < start) {
                elsewhere = 0; // nobody is known to have used anything of a window that has just begun
            }
        }
        return slots.getLast();
    }

    private long settled() {
        long sum = elsewhere + (madeAt >= start ? before : 0);
        for (Slot slot : slots) {
            sum += slot.settled;
        }
        return sum;
    }

    private long reserved() {
        long sum = 0;
        for (Slot slot : slots) {
            sum += slot.reserved;
        }
        return sum;
    }

    @Override
    public long wait(long many, long limit, Moment now) {
        move(now.millis());
        long free = limit - many - settled();
        if (free < 0) {
            return NEVER;
        }
        return reserved() <= free ? 0 : WAIT_MILLIS;
    }

    @Override
    public Object take(long many, long limit, Moment now) {
        Slot slot = move(now.millis());
        slot.reserved += many;
        return slot;
    }

    @Override
    public void settle(@Nullable Object place, long taken, long used) {
        if (place instanceof Slot slot) {
            slot.reserved -= taken;
            slot.settled += used;
        }
    }

    @Override
    public long used(long limit, Moment now) {
        move(now.millis());
        return settled() + reserved();
    }

    @Override
    public long resetMillis(long limit, Moment now) {
        move(now.millis());
        if (window != Window.FIVE_HOURS) {
            return nextAt - now.millis();
        }
        return slots.getFirst().from - start + (nextAt - now.millis());
    }
}
