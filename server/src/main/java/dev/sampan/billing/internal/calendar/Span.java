package dev.sampan.billing.internal.calendar;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/// A period and the instants `[from, to)` it was given once.
///
/// A day starts at its first instant: where clocks skip midnight, that is later than 00:00.
public record Span(Period period, Instant from, Instant to) {
    public Span {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("a span from " + from + " to " + to);
        }
    }

    /// The first of its row, or one that nothing precedes.
    public static Span of(Period period, ZoneId zone) {
        return new Span(period, startOf(period.start(), zone), startOf(period.end(), zone));
    }

    /// What follows this one. It starts at the instant this one ended, whatever the zone is now, so that no call lies
    /// in both or in none; only its end is new.
    ///
    /// @throws IllegalArgumentException when the period does not follow by its days
    public Span next(Period following, ZoneId zone) {
        if (!following.start().equals(period.end())) {
            throw new IllegalArgumentException(following + " does not follow " + period);
        }
        return new Span(following, to, startOf(following.end(), zone));
    }

    /// Ends earlier, as a change of plan or a cancellation makes it.
    public Span until(LocalDate end, Instant at) {
        return new Span(new Period(period.start(), end), from, at);
    }

    public boolean holds(Instant at) {
        return !at.isBefore(from) && at.isBefore(to);
    }

    public static Instant startOf(LocalDate date, ZoneId zone) {
        return date.atStartOfDay(zone).toInstant();
    }
}
