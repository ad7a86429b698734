package dev.sampan.spec;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// Columns that are numbered: `p0..p783` stands for p0, p1 and so on to p783.
public final class ColumnRange {
    private static final Pattern RANGE = Pattern.compile("(.*?)(\\d{1,7})\\.\\.(.*?)(\\d{1,7})");

    /// More columns no file has.
    private static final int COLUMNS_MAX = 1 << 20;

    private ColumnRange() {}

    /// The columns a name stands for: itself when it is no range.
    public static List<String> names(String written) {
        Matcher range = RANGE.matcher(written);
        if (!range.matches() || !range.group(1).equals(range.group(3))) {
            return List.of(written);
        }
        int first = Integer.parseInt(range.group(2));
        int last = Integer.parseInt(range.group(4));
        if (last < first || last - first >= COLUMNS_MAX) {
            return List.of(written);
        }
        return IntStream.rangeClosed(first, last)
                .mapToObj(number -> range.group(1) + number)
                .toList();
    }
}
