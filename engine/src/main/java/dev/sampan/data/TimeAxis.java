package dev.sampan.data;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How the times of a series are written, and how far each is from the next.
///
/// @param style how a time is written
/// @param months in one step, 0 when steps are counted in seconds or numbers
/// @param length seconds in one step (of [Style#NUMBER] just a number), 0 when steps are counted in months
public record TimeAxis(Style style, int months, long length) {
    private static final DateTimeFormatter SPACED = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter SLASHED = DateTimeFormatter.ofPattern("yyyy/M/d", Locale.ROOT);

    /// How a time is written.
    public enum Style {
        /// A whole number, such as a year: `1959`
        NUMBER,
        /// `1959-04`
        MONTH,
        /// `1959-04-30`
        DATE,
        /// `1959/4/30`
        SLASHED_DATE,
        /// `1959-04-30T13:00:00`
        INSTANT,
        /// `1959-04-30 13:00:00`
        SPACED_INSTANT
    }

    public TimeAxis {
        if ((months > 0) == (length > 0)) {
            throw new IllegalArgumentException("months " + months + ", length " + length);
        }
    }

    /// The style of a time.
    ///
    /// @throws ProblemException `input.invalid` when it is none of them
    public static Style styleOf(String time) {
        String text = time.strip();
        for (Style style : Style.values()) {
            if (place(style, text) != null) {
                return style;
            }
        }
        LocalDateTime moment = Dates.parse(text);
        if (moment != null) {
            return moment.toLocalTime().equals(LocalTime.MIDNIGHT) ? Style.DATE : Style.INSTANT;
        }
        throw new ProblemException(Problem.of("input.invalid", "'" + time + "' is no time that can be read")
                .remedy("Write 2024-05-31, 2024-05, 2024-05-31T13:00:00 or a whole number"));
    }

    /// Seconds since 1970 (of numbers the number itself).
    ///
    /// @throws ProblemException `input.invalid`
    public static long placeOf(Style style, String time) {
        Long place = place(style, time.strip());
        LocalDateTime moment = style == Style.NUMBER ? null : Dates.parse(time.strip());
        if (place == null && moment != null) {
            return moment.toEpochSecond(ZoneOffset.UTC);
        }
        if (place == null) {
            throw new ProblemException(Problem.of(
                    "input.invalid",
                    "'" + time + "' is no time of the kind " + style.name().toLowerCase(Locale.ROOT)));
        }
        return place;
    }

    /// The axis on which sorted, different times lie: their median distance, in months where all begin on the same day
    /// of a month.
    ///
    /// @param places at least two, ascending
    public static TimeAxis of(Style style, long[] places) {
        long[] gaps = new long[places.length - 1];
        Arrays.setAll(gaps, i -> places[i + 1] - places[i]);
        Arrays.sort(gaps);
        long median = gaps[gaps.length / 2];
        int months = style == Style.NUMBER ? 0 : monthsApart(places, median);
        return months > 0 ? new TimeAxis(style, months, 0) : new TimeAxis(style, 0, median);
    }

    private static int monthsApart(long[] places, long median) {
        int months = (int) Math.round(median / (365.2425 * 86_400 / 12));
        if (months == 0) {
            return 0;
        }
        LocalDateTime first = at(places[0]);
        boolean same = Arrays.stream(places)
                .mapToObj(TimeAxis::at)
                .allMatch(time -> time.toLocalTime().equals(first.toLocalTime())
                        && (time.getDayOfMonth() == first.getDayOfMonth()
                                || time.getDayOfMonth() == time.toLocalDate().lengthOfMonth()));
        return same ? months : 0;
    }

    /// The place some steps after another.
    public long after(long place, int steps) {
        return months == 0
                ? place + steps * length
                : at(place).plusMonths((long) steps * months).toEpochSecond(ZoneOffset.UTC);
    }

    /// A place as this axis writes it.
    public String write(long place) {
        return switch (style) {
            case NUMBER -> Long.toString(place);
            case MONTH -> YearMonth.from(at(place)).toString();
            case DATE -> at(place).toLocalDate().toString();
            case SLASHED_DATE -> SLASHED.format(at(place));
            case INSTANT -> DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(at(place));
            case SPACED_INSTANT -> SPACED.format(at(place));
        };
    }

    /// Steps after which a pattern is likely to come again: a year of months, a week of days, a day of hours.
    public int season() {
        if (months > 0) {
            return Math.max(1, 12 / months);
        }
        if (style == Style.NUMBER) {
            return 1;
        }
        if (length == 7 * 86_400) {
            return 52;
        }
        return length == 86_400 ? 7 : (int) Math.max(1, 86_400 / length);
    }

    private static LocalDateTime at(long place) {
        return LocalDateTime.ofEpochSecond(place, 0, ZoneOffset.UTC);
    }

    private static @Nullable Long place(Style style, String text) {
        try {
            return switch (style) {
                case NUMBER -> Long.parseLong(text);
                case MONTH -> YearMonth.parse(text).atDay(1).toEpochSecond(LocalTime.MIDNIGHT, ZoneOffset.UTC);
                case DATE -> LocalDate.parse(text).toEpochSecond(LocalTime.MIDNIGHT, ZoneOffset.UTC);
                case SLASHED_DATE -> LocalDate.parse(text, SLASHED).toEpochSecond(LocalTime.MIDNIGHT, ZoneOffset.UTC);
                case INSTANT -> LocalDateTime.parse(text.replaceFirst("Z$", "")).toEpochSecond(ZoneOffset.UTC);
                case SPACED_INSTANT -> LocalDateTime.parse(text, SPACED).toEpochSecond(ZoneOffset.UTC);
            };
        } catch (DateTimeException | NumberFormatException _) {
            return null; // written in another style
        }
    }
}
