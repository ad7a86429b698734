package dev.sampan.data.profile;

import dev.sampan.data.Dates;
import dev.sampan.data.Decimals;
import dev.sampan.data.profile.Profile.Column;
import dev.sampan.data.profile.Profile.Count;
import dev.sampan.data.profile.Profile.Kind;
import dev.sampan.data.profile.Profile.Numbers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// One column, value after value, in bounded memory, whatever kind it will turn out to be.
final class ColumnStats {
    static final int BARS = 24;
    private static final int SKETCH = 1000;
    private static final int COUNTED_MAX = 5000;
    private static final int TOP = 12;
    private static final double NEARLY_ALL = 0.95;
    private static final Set<String> PLACEHOLDERS =
            Set.of("?", "na", "n/a", "nan", "null", "none", "nil", "-", "--", "unknown", "未知", "无");
    private static final List<String> PICTURES = List.of(".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff");

    final String name;
    private final Moments values = new Moments();
    private final Moments lengths = new Moments();
    private final Moments moments = new Moments();
    private final TreeSet<Long> smallest = new TreeSet<>();
    private @Nullable Map<String, long[]> counts = new HashMap<>();
    private final List<String> missingAt = new ArrayList<>();
    private final List<String> notNumbersAt = new ArrayList<>();
    private final Map<String, Long> placeholders = new HashMap<>();
    private long present;
    private long missing;
    private long numbers;
    private long dates;
    private long pictures;
    private long codes;
    private long before = Long.MIN_VALUE;
    private boolean counting = true;

    ColumnStats(String name) {
        this.name = name;
    }

    void add(String written, String origin) {
        String value = written.strip();
        if (value.isEmpty()) {
            missing++;
            example(missingAt, origin);
            return;
        }
        present++;
        boolean placeholder = PLACEHOLDERS.contains(value.toLowerCase(Locale.ROOT));
        if (placeholder) {
            placeholders.merge(value, 1L, Long::sum);
        }
        sketch(value);
        count(value);
        lengths.add(value.codePointCount(0, value.length()));
        Double number = Decimals.parse(value);
        if (number != null) {
            numbers++;
            values.add(number);
            counting &= number == Math.rint(number) && (present == 1 || number == before + 1.0);
            before = number.longValue();
        } else {
            counting = false;
            if (!placeholder) {
                example(notNumbersAt, origin + ": " + shown(value));
            }
            kindOfText(value);
        }
        codes += isCode(value) ? 1 : 0;
    }

    private void kindOfText(String value) {
        Long millis = Dates.millis(value);
        if (millis != null) {
            dates++;
            moments.add(millis);
        }
        String lower = value.length() < 300 ? value.toLowerCase(Locale.ROOT) : "";
        pictures += value.startsWith("data:image/") || PICTURES.stream().anyMatch(lower::endsWith) ? 1 : 0;
    }

    private void sketch(String value) {
        long hash = hash(value) & Long.MAX_VALUE;
        if (smallest.size() < SKETCH || hash < smallest.last()) {
            smallest.add(hash);
            if (smallest.size() > SKETCH) {
                smallest.pollLast();
            }
        }
    }

    private void count(String value) {
        if (counts == null || value.length() > 200) {
            return;
        }
        counts.computeIfAbsent(value, _ -> new long[1])[0]++;
        if (counts.size() > COUNTED_MAX) {
            counts = null;
        }
    }

    /// FNV-1a over the UTF-16 units, then mixed so that the smallest are a fair sample.
    static long hash(String value) {
        long hash = 0xCBF29CE484222325L;
        for (int i = 0; i < value.length(); i++) {
            hash = (hash ^ value.charAt(i)) * 0x100000001B3L;
        }
        hash = (hash ^ (hash >>> 32)) * 0x9E3779B97F4A7C15L;
        return hash ^ (hash >>> 29);
    }

    private static boolean isCode(String value) {
        return value.length() <= 64
                && value.chars().anyMatch(c -> c >= '0' && c <= '9')
                && value.chars().allMatch(c -> c < 0x80 && (Character.isLetterOrDigit(c) || "-_:#".indexOf(c) >= 0));
    }

    private static void example(List<String> examples, String origin) {
        if (examples.size() < 5) {
            examples.add(origin);
        }
    }

    static String shown(String value) {
        return value.length() <= 40 ? value : value.substring(0, 40) + "…";
    }

    Kind kind() {
        if (present == 0) {
            return Kind.EMPTY;
        }
        long real = present
                - placeholders.values().stream().mapToLong(Long::longValue).sum();
        boolean few = distinct() <= Math.max(20, present / 20) && distinct() <= COUNTED_MAX;
        if (numbers > 0 && numbers >= NEARLY_ALL * real) {
            return Kind.NUMBER;
        }
        if (dates > 0 && dates >= NEARLY_ALL * real) {
            return Kind.DATE;
        }
        if (pictures > 0 && pictures >= NEARLY_ALL * real) {
            return Kind.IMAGE;
        }
        return few && lengths.mean() < 64 ? Kind.CATEGORY : Kind.TEXT;
    }

    long distinct() {
        return smallest.size() < SKETCH
                ? smallest.size()
                : Math.round((SKETCH - 1) / (smallest.last() / (double) Long.MAX_VALUE));
    }

    boolean isId() {
        return present >= 20
                && (kind() == Kind.NUMBER
                        ? counting
                        : kind() != Kind.DATE
                                && kind() != Kind.IMAGE
                                && codes >= NEARLY_ALL * present
                                && distinct() >= 0.9 * present);
    }

    long present() {
        return present;
    }

    long missing() {
        return missing;
    }

    List<String> missingAt() {
        return missingAt;
    }

    Map<String, Long> placeholders() {
        return placeholders;
    }

    /// Of a column of numbers: values that are none, and no usual word for a missing one.
    long notNumbers() {
        long words = placeholders.values().stream().mapToLong(Long::longValue).sum();
        return kind() == Kind.NUMBER ? Math.max(0, present - numbers - words) : 0;
    }

    List<String> notNumbersAt() {
        return notNumbersAt;
    }

    Map<String, Long> counted() {
        Map<String, Long> all = new HashMap<>();
        if (counts != null) {
            counts.forEach((value, count) -> all.put(value, count[0]));
        }
        return all;
    }

    /// @param sample values of the sampled rows
    Column column(List<String> sample) {
        Kind kind = kind();
        List<Count> top = kind == Kind.CATEGORY || (kind == Kind.NUMBER && distinct() <= TOP)
                ? counted().entrySet().stream()
                        .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                                .thenComparing(Map.Entry.comparingByKey()))
                        .limit(TOP)
                        .map(entry -> new Count(shown(entry.getKey()), entry.getValue()))
                        .toList()
                : List.of();
        return switch (kind) {
            case NUMBER -> numeric(kind, top, values, numbers(sample), List.of());
            case TEXT -> numeric(kind, top, lengths, lengths(sample), List.of());
            case DATE -> {
                double[] at = dates(sample);
                yield new Column(
                        name,
                        kind,
                        present,
                        missing,
                        distinct(),
                        top,
                        null,
                        bars(at, moments.min(), moments.max()),
                        List.of(day(moments.min()), day(moments.max())));
            }
            case CATEGORY, IMAGE, EMPTY ->
                new Column(name, kind, present, missing, distinct(), top, null, List.of(), List.of());
        };
    }

    private Column numeric(Kind kind, List<Count> top, Moments all, double[] sorted, List<String> range) {
        Numbers summary = new Numbers(
                all.min(), at(sorted, 0.25), at(sorted, 0.5), at(sorted, 0.75), all.max(), all.mean(), all.deviation());
        return new Column(
                name, kind, present, missing, distinct(), top, summary, bars(sorted, all.min(), all.max()), range);
    }

    private static String day(double millis) {
        return Instant.ofEpochMilli((long) millis).toString().substring(0, 10);
    }

    static double[] numbers(List<String> sample) {
        return sample.stream()
                .map(value -> Decimals.parse(value.strip()))
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
    }

    private static double[] lengths(List<String> sample) {
        return sample.stream()
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .mapToDouble(value -> value.codePointCount(0, value.length()))
                .sorted()
                .toArray();
    }

    private static double[] dates(List<String> sample) {
        return sample.stream()
                .map(value -> Dates.millis(value.strip()))
                .filter(Objects::nonNull)
                .mapToDouble(Long::doubleValue)
                .sorted()
                .toArray();
    }

    /// Linear between neighbours, as NumPy's default.
    static double at(double[] sorted, double share) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double place = share * (sorted.length - 1);
        int low = (int) place;
        int high = Math.min(low + 1, sorted.length - 1);
        return sorted[low] + (sorted[high] - sorted[low]) * (place - low);
    }

    private static List<Long> bars(double[] sorted, double min, double max) {
        long[] bars = new long[BARS];
        double width = max - min;
        for (double value : sorted) {
            int bar = width > 0 ? (int) ((value - min) / width * BARS) : 0;
            bars[Math.clamp(bar, 0, BARS - 1)]++;
        }
        return Arrays.stream(bars).boxed().toList();
    }
}
