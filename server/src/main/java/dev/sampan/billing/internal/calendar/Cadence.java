package dev.sampan.billing.internal.calendar;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/// How often something comes round.
public enum Cadence {
    WEEK(ChronoUnit.WEEKS),
    MONTH(ChronoUnit.MONTHS),
    YEAR(ChronoUnit.YEARS);

    private final ChronoUnit unit;

    Cadence(ChronoUnit unit) {
        this.unit = unit;
    }

    /// The `times`-th return of the anchor, counted from the anchor itself: from 31 January the months go to 28
    /// February and then to 31 March, and from 29 February the years come back to it.
    LocalDate after(LocalDate anchor, long times) {
        return anchor.plus(times, unit);
    }

    /// No more than the returns between the two, and at most one less.
    long returnsBefore(LocalDate anchor, LocalDate date) {
        return unit.between(anchor, date) - 1;
    }
}
