package dev.sampan.data;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.spec.Preprocessing.Part;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Days and moments as numbers: what is read off each [Part], two numbers (sine and cosine) where it goes round, then
/// whether the value was missing where training rows had gaps.
///
/// @param format pattern of `java.time`; null for what [Dates] reads and for seconds or milliseconds since 1970
/// @param cyclic months, days, weekdays and hours go round
/// @param origin the earliest training row, from which [Part#ELAPSED] counts
/// @param fill takes the place of a missing value; null: not-a-number
/// @param scalings one for each part that does not go round
/// @param typical a value of the middle, as training rows write it
public record DateColumn(
        String name,
        @Nullable String format,
        List<Part> parts,
        boolean cyclic,
        LocalDateTime origin,
        @Nullable LocalDateTime fill,
        boolean indicator,
        List<Scaling> scalings,
        String typical)
        implements FittedColumn.Numbers {
    private static final double SECONDS_OF_A_DAY = 86_400;

    public DateColumn {
        parts = List.copyOf(parts);
        scalings = List.copyOf(scalings);
        boolean around = cyclic;
        if (parts.isEmpty()
                || scalings.size()
                        != parts.stream().filter(part -> !around(part, around)).count()) {
            throw new IllegalArgumentException(scalings.size() + " scalings of " + parts);
        }
        Moments.formatter(format); // a pattern that is none is told here
    }

    /// Whether a part becomes sine and cosine.
    static boolean around(Part part, boolean cyclic) {
        return cyclic && part != Part.YEAR && part != Part.ELAPSED;
    }

    @Override
    public int width() {
        int width = indicator ? 1 : 0;
        for (Part part : parts) {
            width += around(part, cyclic) ? 2 : 1;
        }
        return width;
    }

    @Override
    public void fill(String value, float[] target, int at) {
        boolean missing = value.isBlank();
        LocalDateTime moment = missing ? fill : parse(value);
        int next = at;
        int scaling = 0;
        for (Part part : parts) {
            double number = moment == null ? Double.NaN : number(part, moment, origin);
            if (around(part, cyclic)) {
                double angle = 2 * Math.PI * (number - first(part)) / length(part);
                target[next++] = (float) Math.sin(angle);
                target[next++] = (float) Math.cos(angle);
            } else {
                target[next++] = (float) scalings.get(scaling++).apply(number);
            }
        }
        if (indicator) {
            target[next] = missing ? 1 : 0;
        }
    }

    /// What is read off: months, days and weekdays from 1 (Monday), hours from 0 with minutes as their fraction.
    static double number(Part part, LocalDateTime moment, LocalDateTime origin) {
        return switch (part) {
            case YEAR -> moment.getYear();
            case MONTH -> moment.getMonthValue();
            case DAY -> moment.getDayOfMonth();
            case WEEKDAY -> moment.getDayOfWeek().getValue();
            case HOUR -> moment.getHour() + moment.getMinute() / 60.0;
            case ELAPSED -> Duration.between(origin, moment).toSeconds() / SECONDS_OF_A_DAY;
        };
    }

    private static int first(Part part) {
        return part == Part.HOUR ? 0 : 1;
    }

    private static int length(Part part) {
        return switch (part) {
            case MONTH -> 12;
            case DAY -> 31;
            case WEEKDAY -> 7;
            case HOUR -> 24;
            case YEAR, ELAPSED -> throw new IllegalArgumentException(part + " does not go round");
        };
    }

    private LocalDateTime parse(String value) {
        LocalDateTime moment = Moments.parse(value, format);
        if (moment == null) {
            String wanted = format == null ? "dates, year first," : "dates written '" + format + "',";
            throw new ProblemException(Problem.of(
                    "input.invalid", "The column '" + name + "' holds " + wanted + " not '" + Shown.of(value) + "'"));
        }
        return moment;
    }

    @Override
    public String example() {
        return typical;
    }
}
