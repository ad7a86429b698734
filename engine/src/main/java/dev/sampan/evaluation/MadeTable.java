package dev.sampan.evaluation;

import dev.sampan.data.NumberSample;
import dev.sampan.data.SampleColumn;
import dev.sampan.data.WordSample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Rows of a table, made or real, as [TableDistances] and [SoftmaxProbe] take them.
///
/// @param columns that a generator makes, its label among them as a category
/// @param rows values by column
record MadeTable(List<SampleColumn> columns, List<Map<String, String>> rows) {
    /// Categories of a column that have a number of their own, the most frequent ones.
    private static final int CATEGORIES_MAX = 20;

    /// Mean over the columns of how far their distributions are apart: Kolmogorov and Smirnov's statistic for
    /// numbers, the total variation for categories.
    ///
    /// @param group of the jackknife that is left out; −1 for none
    double marginals(MadeTable made, int group) {
        double sum = 0;
        for (SampleColumn column : columns) {
            sum += switch (column) {
                case NumberSample _ -> {
                    double[] own = numbers(column.name(), group);
                    double[] other = made.numbers(column.name(), group);
                    yield own.length == 0 || other.length == 0
                            ? own.length == other.length ? 0 : 1
                            : TableDistances.numbers(own, other);
                }
                default -> TableDistances.categories(words(column.name(), group), made.words(column.name(), group));
            };
        }
        return sum / columns.size();
    }

    /// [TableDistances#correlations] of numbers and of the most frequent categories as 0 and 1.
    double correlations(MadeTable made, int group) {
        double[][] own = encoded(group, null);
        double[][] other = made.encoded(group, null);
        return TableDistances.correlations(own, other);
    }

    /// Share of the rows here that a [SoftmaxProbe] answers rightly which learnt from other rows.
    double answered(MadeTable learnt, WordSample label, int group) {
        Scaled scale = learnt.scaled(label.name());
        double[][] theirs = learnt.encoded(-1, scale);
        double[][] own = encoded(group, scale);
        if (theirs[0].length == 0) {
            return 0;
        }
        SoftmaxProbe probe = SoftmaxProbe.fit(
                theirs, learnt.classes(label, -1), label.categories().size());
        int[] truth = classes(label, group);
        int right = 0;
        for (int row = 0; row < own.length; row++) {
            right += probe.answer(own[row]) == truth[row] ? 1 : 0;
        }
        return (double) right / own.length;
    }

    /// The same columns with the rows of each dealt anew: what is left when nothing has to do with anything.
    MadeTable dealt(long seed) {
        List<Map<String, String>> dealt = new ArrayList<>();
        rows.forEach(_ -> dealt.add(new HashMap<>()));
        SplittableRandom random = new SplittableRandom(seed);
        for (SampleColumn column : columns) {
            List<String> values = new ArrayList<>(
                    rows.stream().map(row -> value(row, column.name())).toList());
            for (int i = values.size() - 1; i > 0; i--) {
                int j = random.nextInt(i + 1);
                String held = values.get(i);
                values.set(i, values.get(j));
                values.set(j, held);
            }
            for (int i = 0; i < values.size(); i++) {
                dealt.get(i).put(column.name(), values.get(i));
            }
        }
        return new MadeTable(columns, dealt);
    }

    /// How numbers are brought to deviation 1, by the rows that are learnt from.
    ///
    /// @param without name of the column that is answered
    private record Scaled(String without, Map<String, double[]> byName) {}

    private Scaled scaled(String without) {
        Map<String, double[]> scales = new HashMap<>();
        for (SampleColumn column : columns) {
            if (column instanceof NumberSample) {
                Mean mean = new Mean();
                for (double value : numbers(column.name(), -1)) {
                    mean.add(value);
                }
                double deviation = Math.sqrt(mean.spread());
                scales.put(column.name(), new double[] {mean.value(), deviation > 0 ? deviation : 1});
            }
        }
        return new Scaled(without, scales);
    }

    /// @param scale null for numbers as they stand, a missing one being the column's mean
    private double[][] encoded(int group, @Nullable Scaled scale) {
        Scaled used = scale == null ? scaled("") : scale;
        List<double[]> encoded = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            if (i % Jackknife.GROUPS != group) {
                encoded.add(encoded(rows.get(i), used));
            }
        }
        return encoded.toArray(double[][]::new);
    }

    private double[] encoded(Map<String, String> row, Scaled scale) {
        List<Double> numbers = new ArrayList<>();
        for (SampleColumn column : columns) {
            String value = value(row, column.name());
            if (column instanceof NumberSample) {
                double[] of = Objects.requireNonNull(scale.byName.get(column.name()));
                numbers.add(value.isBlank() ? 0 : (number(value) - of[0]) / of[1]);
            } else if (column instanceof WordSample words && !words.name().equals(scale.without)) {
                words.categories().stream()
                        .limit(CATEGORIES_MAX)
                        .forEach(category -> numbers.add(category.equals(value) ? 1.0 : 0));
            }
        }
        return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private int[] classes(WordSample label, int group) {
        List<Integer> classes = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            if (i % Jackknife.GROUPS != group) {
                classes.add(Math.max(0, label.categories().indexOf(value(rows.get(i), label.name()))));
            }
        }
        return classes.stream().mapToInt(Integer::intValue).toArray();
    }

    private double[] numbers(String column, int group) {
        return words(column, group).stream()
                .filter(value -> !value.isBlank())
                .mapToDouble(MadeTable::number)
                .toArray();
    }

    private List<String> words(String column, int group) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            if (i % Jackknife.GROUPS != group) {
                values.add(value(rows.get(i), column));
            }
        }
        return values;
    }

    private static String value(Map<String, String> row, String column) {
        return row.getOrDefault(column, "").strip();
    }

    private static double number(String value) {
        return Double.parseDouble(value);
    }
}
