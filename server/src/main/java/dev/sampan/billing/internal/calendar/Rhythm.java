package dev.sampan.billing.internal.calendar;

import java.time.LocalDate;

/// Periods without end, one after the other without gap or overlap, from an anchor on.
///
/// The n-th boundary is counted from the anchor, never from the boundary before, so that the ends of months do not
/// drift.
public record Rhythm(LocalDate anchor, Cadence cadence) {
    /// @param index 0 for the period that starts at the anchor
    public Period period(long index) {
        return new Period(cadence.after(anchor, index), cadence.after(anchor, index + 1));
    }

    /// Index of the period that holds a day; negative before the anchor.
    public long indexOf(LocalDate date) {
        long index = cadence.returnsBefore(anchor, date);
        while (!cadence.after(anchor, index + 1).isAfter(date)) {
            index++;
        }
        return index;
    }

    public Period holding(LocalDate date) {
        return period(indexOf(date));
    }

    /// Whether a period starts on this day.
    public boolean startsOn(LocalDate date) {
        return holding(date).start().equals(date);
    }
}
