package dev.sampan.data;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/// Days and times as data files write them: `2024-05-01`, `2024/5/1`, `2024.05.01`, `20240501`, `2024年5月1日`,
/// each with or without a time `13:05`, `13:05:09`, `13:05:09.250` after a blank or `T`, and that with or
/// without `Z` or an offset such as `+08:00`. A month such as `2024-05` or `2024年5月` is its first day, a year such as
/// `2024` the first of January. Always year first: `05/01/2024` means two days. A time without an
/// offset counts as UTC.
public final class Dates {
    private static final int LENGTH_MAX = 40;
    private static final int COMPACT = 8;

    private final String text;
    private int at;

    private Dates(String text) {
        this.text = text;
    }

    /// The moment written, in UTC; null when the text is none.
    public static @Nullable LocalDateTime parse(String text) {
        if (text.isEmpty() || text.length() > LENGTH_MAX) {
            return null;
        }
        try {
            return new Dates(text).read();
        } catch (DateTimeException e) {
            return null; // the thirtieth of February
        }
    }

    /// Milliseconds since 1970; null when the text is no date.
    public static @Nullable Long millis(String text) {
        LocalDateTime moment = parse(text);
        return moment == null ? null : moment.toInstant(ZoneOffset.UTC).toEpochMilli();
    }

    private @Nullable LocalDateTime read() {
        int[] day = day();
        if (day == null) {
            return null;
        }
        if (at == text.length()) {
            return LocalDateTime.of(day[0], day[1], day[2], 0, 0);
        }
        char between = text.charAt(at);
        if (between != ' ' && between != 'T' && between != 't') {
            return null;
        }
        at++;
        return time(day);
    }

    private int @Nullable [] day() {
        if (run() == COMPACT) {
            int all = number(COMPACT);
            return new int[] {all / 10000, all / 100 % 100, all % 100};
        }
        int year = number(4);
        if (year < 0 || at >= text.length()) {
            return year >= 1000 ? new int[] {year, 1, 1} : null;
        }
        char first = text.charAt(at++);
        char second = first == '年' ? '月' : first;
        int month = number(2);
        boolean whole = first == '年' ? text.endsWith("月") && at + 1 == text.length() : at == text.length();
        if (month > 0 && whole && "-/.年".indexOf(first) >= 0) {
            at = text.length();
            return new int[] {year, month, 1};
        }
        if (month < 0 || at >= text.length() || "-/.年".indexOf(first) < 0 || text.charAt(at++) != second) {
            return null;
        }
        int day = number(2);
        if (day < 0 || (first == '年' && !next('日'))) {
            return null;
        }
        return new int[] {year, month, day};
    }

    private @Nullable LocalDateTime time(int[] day) {
        int hour = number(2);
        int minute = hour >= 0 && next(':') ? number(2) : -1;
        if (minute < 0) {
            return null;
        }
        int second = 0;
        int nanos = 0;
        if (next(':')) {
            second = number(2);
            nanos = second >= 0 && next('.') ? fraction() : 0;
        }
        Integer offset = offset();
        if (second < 0 || nanos < 0 || offset == null) {
            return null;
        }
        return LocalDateTime.of(day[0], day[1], day[2], hour, minute, second, nanos)
                .minusMinutes(offset);
    }

    /// Minutes east of Greenwich; null when what is left is no offset.
    private @Nullable Integer offset() {
        if (at == text.length() || ((next('Z') || next('z')) && at == text.length())) {
            return 0;
        }
        int sign = next('+') ? 1 : next('-') ? -1 : 0;
        int hours = number(2);
        boolean colon = next(':');
        int minutes = at < text.length() || colon ? number(2) : 0;
        return sign == 0 || hours < 0 || hours > 18 || minutes < 0 || minutes > 59 || at < text.length()
                ? null
                : (Integer) (sign * (hours * 60 + minutes));
    }

    private int fraction() {
        int length = run();
        if (length < 1 || length > 9) {
            return -1;
        }
        int value = number(length);
        for (int i = length; i < 9; i++) {
            value *= 10;
        }
        return value;
    }

    private boolean next(char c) {
        boolean there = at < text.length() && text.charAt(at) == c;
        at += there ? 1 : 0;
        return there;
    }

    private int run() {
        int end = at;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end - at;
    }

    /// Up to so many digits; −1 when there is none.
    private int number(int most) {
        int length = Math.min(run(), most);
        if (length == 0) {
            return -1;
        }
        int value = Integer.parseInt(text, at, at + length, 10);
        at += length;
        return value;
    }
}
