package dev.sampan.limits.internal;

import dev.sampan.limits.UsedSoFar;
import dev.sampan.spec.LimitsSpec.Window;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;

/// Where windows begin and end.
final class Windows {
    private static final long FIVE_HOURS_MILLIS = 5 * 3600 * 1000L;

    private Windows() {}

    /// Of the window that ends now, or that now is in.
    static long start(Window window, long millis, ZoneId zone) {
        if (window == Window.FIVE_HOURS) {
            return slot(window, millis, zone) - FIVE_HOURS_MILLIS;
        }
        return slot(window, millis, zone);
    }

    /// Since when the calls of one count are received together with one of now.
    static long slot(Window window, long millis, ZoneId zone) {
        return switch (window) {
            case FIVE_HOURS -> Math.floorDiv(millis, UsedSoFar.QUARTER_MILLIS) * UsedSoFar.QUARTER_MILLIS;
            case DAY, WEEK, MONTH -> midnight(first(window, day(millis, zone)), zone);
            case NOW, MINUTE -> throw new IllegalArgumentException("no span: " + window);
        };
    }

    /// When calls no longer count together with one of now.
    static long slotEnd(Window window, long millis, ZoneId zone) {
        LocalDate first = window == Window.FIVE_HOURS ? LocalDate.EPOCH : first(window, day(millis, zone));
        return switch (window) {
            case FIVE_HOURS -> slot(window, millis, zone) + UsedSoFar.QUARTER_MILLIS;
            case DAY -> midnight(first.plusDays(1), zone);
            case WEEK -> midnight(first.plusWeeks(1), zone);
            case MONTH -> midnight(first.plusMonths(1), zone);
            case NOW, MINUTE -> throw new IllegalArgumentException("no span: " + window);
        };
    }

    private static LocalDate first(Window window, LocalDate day) {
        return switch (window) {
            case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> day.withDayOfMonth(1);
            default -> day;
        };
    }

    private static LocalDate day(long millis, ZoneId zone) {
        return LocalDate.ofInstant(Instant.ofEpochMilli(millis), zone);
    }

    /// The first moment of the day: where clocks are put forward at midnight that is not 0:00.
    private static long midnight(LocalDate day, ZoneId zone) {
        return day.atStartOfDay(zone).toInstant().toEpochMilli();
    }
}
