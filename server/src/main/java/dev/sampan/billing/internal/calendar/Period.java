package dev.sampan.billing.internal.calendar;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/// Days `[start, end)`.
public record Period(LocalDate start, LocalDate end) {
    public Period {
        if (!start.isBefore(end)) {
            throw new IllegalArgumentException("a period from " + start + " to " + end + " has no day");
        }
    }

    public long days() {
        return ChronoUnit.DAYS.between(start, end);
    }

    public boolean holds(LocalDate date) {
        return !date.isBefore(start) && date.isBefore(end);
    }

    @Override
    public String toString() {
        return start + "/" + end;
    }
}
