package dev.sampan.data;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Dates by a pattern, or as [Dates] reads them, or as seconds (10 digits) or milliseconds (13) since 1970.
public final class Moments {
    private static final int SECONDS = 10;
    private static final int MILLIS = 13;

    /// By pattern; as many as the specifications of this process have.
    private static final Map<String, DateTimeFormatter> FORMATTERS = new ConcurrentHashMap<>();

    private Moments() {}

    /// @param format pattern of `java.time`, or null
    /// @return null when the text is no such date
    public static @Nullable LocalDateTime parse(String text, @Nullable String format) {
        String value = text.strip();
        DateTimeFormatter formatter = formatter(format);
        if (formatter != null) {
            return by(formatter, value);
        }
        LocalDateTime date = Dates.parse(value);
        return date == null ? sinceEpoch(value) : date;
    }

    /// @throws IllegalArgumentException for a pattern that is none
    static @Nullable DateTimeFormatter formatter(@Nullable String format) {
        return format == null
                ? null
                : FORMATTERS.computeIfAbsent(format, pattern -> DateTimeFormatter.ofPattern(pattern, Locale.ROOT));
    }

    private static @Nullable LocalDateTime by(DateTimeFormatter formatter, String value) {
        try {
            TemporalAccessor read = formatter.parseBest(value, LocalDateTime::from, LocalDate::from);
            return read instanceof LocalDate day ? day.atStartOfDay() : LocalDateTime.from(read);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static @Nullable LocalDateTime sinceEpoch(String value) {
        boolean digits = value.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits || (value.length() != SECONDS && value.length() != MILLIS)) {
            return null;
        }
        long number = Long.parseLong(value);
        Instant instant = value.length() == SECONDS ? Instant.ofEpochSecond(number) : Instant.ofEpochMilli(number);
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
