package dev.sampan.gateway.internal.supply;

import java.time.Duration;

/// How one route fares. Its circuit is closed (asked), open (left alone until a time) or half open: the time is
/// over, and one call at a time finds out.
final class RouteHealth {
    /// So many failures in a row open the circuit.
    private static final int FAILURES = 3;

    private static final Duration SHORT = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    /// A call that never came back to tell is forgotten after so long.
    private static final long PROBE_MILLIS = 60_000;

    /// Of a new measurement in the mean: the last ten or so count.
    private static final double NEWEST = 0.2;

    /// 0: closed.
    long pausedUntil;

    long calls;
    long failures;
    long uncertain;
    private int inARow;
    private long probedAt = Long.MIN_VALUE;
    private double millisWhole;
    private double millisStream;

    /// Open, or half open with a call that finds out.
    synchronized boolean alone(long now) {
        return pausedUntil > now || pausedUntil > 0 && probed(now);
    }

    private boolean probed(long now) {
        return probedAt != Long.MIN_VALUE && now - probedAt < PROBE_MILLIS;
    }

    synchronized boolean take(long now) {
        if (pausedUntil == 0 || pausedUntil > now) {
            return true; // an open one is asked only where no other is left
        }
        if (probed(now)) {
            return false;
        }
        probedAt = now;
        return true;
    }

    synchronized void left() {
        probedAt = Long.MIN_VALUE;
    }

    /// The mean of what it took to begin an answer; 0 before the first, so that it is asked and known.
    synchronized double millis(boolean stream) {
        return stream ? millisStream : millisWhole;
    }

    synchronized void began(boolean stream, long millis) {
        double before = millis(stream);
        double mean = before == 0 ? Math.max(millis, 1) : before + NEWEST * (millis - before);
        if (stream) {
            millisStream = mean;
        } else {
            millisWhole = mean;
        }
    }

    synchronized void answered() {
        calls++;
        inARow = 0;
        pausedUntil = 0;
        left();
    }

    synchronized void failed(long now, boolean maybe) {
        count();
        uncertain += maybe ? 1 : 0;
        if (inARow >= FAILURES) {
            pause(now, SHORT.toMillis() << Math.min(5, inARow - FAILURES));
        }
    }

    synchronized void refused(long now, Duration pause) {
        count();
        pause(now, pause.toMillis());
    }

    private void count() {
        calls++;
        failures++;
        inARow++;
        left();
    }

    private void pause(long now, long millis) {
        pausedUntil = now + Math.min(millis, LONGEST.toMillis());
    }
}
