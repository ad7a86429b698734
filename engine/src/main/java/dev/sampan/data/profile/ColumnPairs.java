package dev.sampan.data.profile;

import dev.sampan.data.Decimals;
import dev.sampan.data.profile.Profile.Column;
import dev.sampan.data.profile.Profile.Finding;
import dev.sampan.data.profile.Profile.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Columns that say the same, and columns that give the answer away, judged on the sample.
final class ColumnPairs {
    private static final int ROWS_MIN = 20;
    private static final int COLUMNS_MAX = 200;
    private static final int BINS = 20;
    private static final double NEARLY_ALL = 0.99;

    private final List<Column> columns;
    private final List<List<String>> values;

    /// @param values of the sampled rows, by column
    ColumnPairs(List<Column> columns, List<List<String>> values) {
        this.columns = columns;
        this.values = values;
    }

    List<Finding> alike(int target) {
        List<Finding> findings = new ArrayList<>();
        int size = Math.min(columns.size(), COLUMNS_MAX);
        for (int i = 0; i < size; i++) {
            for (int j = i + 1; j < size; j++) {
                if (i != target && j != target && isAlike(i, j)) {
                    findings.add(new Finding(
                            "near_duplicate_columns",
                            false,
                            2,
                            List.of(columns.get(i).name(), columns.get(j).name()),
                            List.of()));
                }
            }
        }
        return findings;
    }

    private boolean isAlike(int i, int j) {
        if (columns.get(i).distinct() < 2 || values.get(i).size() < ROWS_MIN) {
            return false;
        }
        long equal = 0;
        for (int row = 0; row < values.get(i).size(); row++) {
            equal += values.get(i).get(row).equals(values.get(j).get(row)) ? 1 : 0;
        }
        return equal >= NEARLY_ALL * values.get(i).size()
                || (columns.get(i).kind() == Kind.NUMBER
                        && columns.get(j).kind() == Kind.NUMBER
                        && Math.abs(correlation(i, j)) >= NEARLY_ALL);
    }

    /// Columns that tell the target alone: a number by |r|, a category by the most frequent answer of each
    /// value (of each twentieth of a number's range of ranks) where the values are few.
    List<Finding> leaking(int target) {
        List<Finding> findings = new ArrayList<>();
        if (target < 0 || values.get(target).size() < ROWS_MIN) {
            return findings;
        }
        Kind kind = columns.get(target).kind();
        for (int i = 0; i < columns.size(); i++) {
            if (i == target || columns.get(i).distinct() < 2) {
                continue;
            }
            double told = kind == Kind.NUMBER && columns.get(target).distinct() > BINS
                    ? (columns.get(i).kind() == Kind.NUMBER ? Math.abs(correlation(i, target)) : 0)
                    : purity(i, target);
            if (told >= NEARLY_ALL) {
                findings.add(new Finding(
                        "leaking_column",
                        true,
                        columns.get(i).present(),
                        List.of(columns.get(i).name(), String.format("%.1f", told * 100)),
                        List.of()));
            }
        }
        return findings;
    }

    /// Share of rows answered rightly by the most frequent answer of their group; 0 where it says nothing.
    private double purity(int column, int target) {
        String[] groups = groups(column);
        Map<String, Map<String, Integer>> counts = new HashMap<>();
        Map<String, Integer> answers = new HashMap<>();
        int rows = 0;
        for (int row = 0; row < groups.length; row++) {
            String answer = values.get(target).get(row).strip();
            if (!groups[row].isEmpty() && !answer.isEmpty()) {
                counts.computeIfAbsent(groups[row], _ -> new HashMap<>()).merge(answer, 1, Integer::sum);
                answers.merge(answer, 1, Integer::sum);
                rows++;
            }
        }
        int right = counts.values().stream().mapToInt(ColumnPairs::most).sum();
        boolean few = counts.size() * 10 <= rows;
        return few && most(answers) < 0.95 * rows ? (double) right / rows : 0;
    }

    private static int most(Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    private String[] groups(int column) {
        List<String> cells = values.get(column);
        if (columns.get(column).kind() != Kind.NUMBER || columns.get(column).distinct() <= BINS) {
            return cells.stream().map(String::strip).toArray(String[]::new);
        }
        double[] sorted = ColumnStats.numbers(cells);
        return cells.stream()
                .map(cell -> Decimals.parse(cell.strip()))
                .map(number -> number == null ? "" : "bin " + bin(sorted, number))
                .toArray(String[]::new);
    }

    private static int bin(double[] sorted, double number) {
        int at = Arrays.binarySearch(sorted, number);
        return (int) ((long) (at < 0 ? -at - 1 : at) * BINS / Math.max(1, sorted.length));
    }

    private double correlation(int i, int j) {
        double[] sums = new double[5];
        int n = 0;
        for (int row = 0; row < values.get(i).size(); row++) {
            Double x = Decimals.parse(values.get(i).get(row).strip());
            Double y = Decimals.parse(values.get(j).get(row).strip());
            if (x == null || y == null) {
                continue;
            }
            n++;
            double dx = x - sums[0];
            double dy = y - sums[1];
            sums[0] += dx / n;
            sums[1] += dy / n;
            sums[2] += dx * (x - sums[0]);
            sums[3] += dy * (y - sums[1]);
            sums[4] += dx * (y - sums[1]);
        }
        double scale = Math.sqrt(sums[2]) * Math.sqrt(sums[3]);
        return n >= ROWS_MIN && scale > 0 ? sums[4] / scale : 0;
    }
}
