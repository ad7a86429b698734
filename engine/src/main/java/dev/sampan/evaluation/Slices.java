package dev.sampan.evaluation;

import dev.sampan.data.Row;
import dev.sampan.evaluation.Report.Figure;
import dev.sampan.evaluation.Report.Slice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/// Parts of the judged rows, by the values of a column: where is the model worse than its mean says?
///
/// A column of numbers with many values is cut at its quartiles. Of other columns the most frequent values are
/// slices, and all rarer ones together one more.
final class Slices {
    private static final int VALUES_MAX = 20;
    private static final String REST = "…";

    private final List<String> names;
    private final List<Integer> columns;
    private final List<List<String>> values = new ArrayList<>();

    /// @param columns places of the named columns in a row
    Slices(List<String> names, List<Integer> columns) {
        this.names = List.copyOf(names);
        this.columns = List.copyOf(columns);
        names.forEach(_ -> values.add(new ArrayList<>()));
    }

    /// Rows come in the order in which they are judged.
    void add(Row row) {
        for (int i = 0; i < columns.size(); i++) {
            values.get(i).add(row.values().get(columns.get(i)).strip());
        }
    }

    /// @param metrics of the rows with these numbers
    /// @param main the metric by which slices are ordered, worst first
    /// @param loss whether less of it is better
    List<Slice> judge(Function<int[], Map<String, Figure>> metrics, String main, boolean loss) {
        List<Slice> all = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String column = names.get(i);
            List<Slice> slices = new ArrayList<>();
            groups(values.get(i))
                    .forEach((value, rows) -> slices.add(new Slice(
                            column,
                            value,
                            rows.size(),
                            metrics.apply(
                                    rows.stream().mapToInt(Integer::intValue).toArray()))));
            slices.sort(Comparator.comparingDouble(slice -> rank(slice, main, loss)));
            all.addAll(slices);
        }
        return all;
    }

    /// Lower is worse; a slice that lacks the metric comes last.
    private static double rank(Slice slice, String main, boolean loss) {
        Figure figure = slice.metrics().get(main);
        return figure == null ? Double.MAX_VALUE : loss ? -figure.value() : figure.value();
    }

    private static Map<String, List<Integer>> groups(List<String> values) {
        Map<String, List<Integer>> groups = new HashMap<>();
        for (int row = 0; row < values.size(); row++) {
            groups.computeIfAbsent(values.get(row), _ -> new ArrayList<>()).add(row);
        }
        if (groups.size() <= VALUES_MAX) {
            return groups;
        }
        double[] numbers = numbers(values);
        return numbers.length == values.size() ? quartiles(numbers) : frequent(groups);
    }

    /// All values, or fewer when one is no number.
    private static double[] numbers(List<String> values) {
        try {
            return values.stream().mapToDouble(Double::parseDouble).toArray();
        } catch (NumberFormatException e) {
            return new double[0];
        }
    }

    private static Map<String, List<Integer>> quartiles(double[] numbers) {
        double[] sorted = numbers.clone();
        java.util.Arrays.sort(sorted);
        Map<String, List<Integer>> groups = new LinkedHashMap<>();
        double[] cuts = new double[5];
        for (int q = 0; q <= 4; q++) {
            cuts[q] = sorted[(int) ((sorted.length - 1) * q / 4.0)];
        }
        for (int row = 0; row < numbers.length; row++) {
            int quarter = 0;
            while (quarter < 3 && numbers[row] > cuts[quarter + 1]) {
                quarter++;
            }
            String name = written(cuts[quarter]) + " – " + written(cuts[quarter + 1]);
            groups.computeIfAbsent(name, _ -> new ArrayList<>()).add(row);
        }
        return groups;
    }

    private static String written(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : String.format(Locale.ROOT, "%.4g", number);
    }

    private static Map<String, List<Integer>> frequent(Map<String, List<Integer>> groups) {
        Map<String, List<Integer>> kept = new LinkedHashMap<>();
        List<Integer> rest = new ArrayList<>();
        groups.entrySet().stream()
                .sorted(Comparator.comparingInt((Map.Entry<String, List<Integer>> group) ->
                                -group.getValue().size())
                        .thenComparing(Map.Entry::getKey))
                .forEach(group -> {
                    if (kept.size() < VALUES_MAX - 1) {
                        kept.put(group.getKey(), group.getValue());
                    } else {
                        rest.addAll(group.getValue());
                    }
                });
        rest.sort(null);
        kept.put(REST, rest);
        return kept;
    }
}
