package dev.sampan.data;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Progress;
import dev.sampan.spec.DataSpec.InputFeature;
import dev.sampan.spec.DataSpec.InputType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Rows of a table in memory, as a generator learns them: 8 bytes for a number, 4 for a category.
///
/// @param columns fitted on training rows
/// @param numbers of each column; empty where it holds categories; not-a-number where a value is missing
/// @param places of each row's category in each column; empty where it holds numbers
/// @param labels of each row the place among the data set's labels, −1 for none
public record SampleTable(List<SampleColumn> columns, double[][] numbers, int[][] places, int[] labels) {
    private static final int TOLD_EVERY = 10_000;
    private static final double MIDDLE = 0.5;

    /// Training rows, and the columns fitted on them.
    ///
    /// @param inputs of types number and category, as the data set has them
    /// @param missing how a value that is not there is written, besides the empty text
    /// @throws ProblemException `data.wrong_type`, `training.too_many_categories`
    public static SampleTable fit(Dataset dataset, List<InputFeature> inputs, Set<String> missing, Progress progress) {
        List<SampleFit> fits = inputs.stream()
                .<SampleFit>map(input -> input.type() == InputType.NUMBER
                        ? new SampleFit.Numbers(input.name())
                        : new SampleFit.Words(input.name()))
                .toList();
        each(dataset, Split.TRAIN, progress, "fit", (_, row) -> {
            for (int i = 0; i < fits.size(); i++) {
                fits.get(i).add(value(row, i, missing), row.origin());
            }
        });
        List<SampleColumn> columns = fits.stream().map(SampleFit::fitted).toList();
        return of(dataset, Split.TRAIN, columns, missing, progress);
    }

    /// Rows of a split. A category that is not among the training rows' is taken for the most frequent one.
    public static SampleTable of(
            Dataset dataset, Split split, List<SampleColumn> columns, Set<String> missing, Progress progress) {
        int rows = Math.toIntExact(dataset.count(split));
        double[][] numbers = new double[columns.size()][];
        int[][] places = new int[columns.size()][];
        List<Map<String, Integer>> known = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            boolean words = columns.get(i) instanceof WordSample;
            numbers[i] = new double[words ? 0 : rows];
            places[i] = new int[words ? rows : 0];
            known.add(columns.get(i) instanceof WordSample column ? numbered(column.categories()) : Map.of());
        }
        int[] labels = new int[rows];
        Map<String, Integer> named = numbered(dataset.labels());
        each(dataset, split, progress, "encode", (at, row) -> {
            for (int i = 0; i < columns.size(); i++) {
                String value = value(row, i, missing);
                if (columns.get(i) instanceof WordSample) {
                    places[i][at] = known.get(i).getOrDefault(value, 0);
                } else {
                    numbers[i][at] =
                            value.isEmpty() ? Double.NaN : number(columns.get(i).name(), value, row.origin());
                }
            }
            labels[at] = named.getOrDefault(row.values().getLast().strip(), -1);
        });
        return new SampleTable(columns, numbers, places, labels);
    }

    private interface Visitor {
        void row(int at, Row row);
    }

    private static void each(Dataset dataset, Split split, Progress progress, String step, Visitor visitor) {
        long rows = dataset.count(split);
        try (RowReader reader = Datasets.rows(dataset, split)) {
            int at = 0;
            for (Row row = reader.next(); row != null; row = reader.next()) {
                visitor.row(at++, row);
                if (at % TOLD_EVERY == 0 || at == rows) {
                    progress.at(step, at, rows, split.name().toLowerCase(Locale.ROOT));
                    if (progress.cancelled()) {
                        throw new CancellationException("cancelled while reading rows");
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String value(Row row, int column, Set<String> missing) {
        String value = row.values().get(column).strip();
        return missing.contains(value) ? "" : value;
    }

    static double number(String column, String value, String origin) {
        Double number = Decimals.parse(value);
        if (number == null) {
            throw new ProblemException(Problem.of(
                            "data.wrong_type",
                            "The column '" + column + "' holds numbers, not '" + Shown.of(value) + "'")
                    .at(origin)
                    .remedy("Mend the row, name the text in data.missing_values, or give the column another type"));
        }
        return number;
    }

    private static Map<String, Integer> numbered(List<String> names) {
        Map<String, Integer> numbered = new HashMap<>();
        names.forEach(name -> numbered.put(name, numbered.size()));
        return numbered;
    }

    public int rows() {
        return labels.length;
    }

    /// Writes a row as the graph's output has it.
    ///
    /// @param random says where in its rounding interval each number lies; null for the middle
    public void fill(int row, @Nullable RandomGenerator random, float[] target, int at) {
        int next = at;
        for (int i = 0; i < columns.size(); i++) {
            switch (columns.get(i)) {
                case NumberSample column -> {
                    double chance = random == null ? MIDDLE : random.nextDouble();
                    double number = numbers[i][row];
                    boolean gone = Double.isNaN(number);
                    target[next] = gone ? 0 : column.score(number, chance);
                    if (column.gaps()) {
                        target[next + 1] = gone ? 0 : 1;
                        target[next + 2] = gone ? 1 : 0;
                    }
                }
                case WordSample column -> {
                    for (int k = 0; k < column.width(); k++) {
                        target[next + k] = k == places[i][row] ? 1 : 0;
                    }
                }
                case PictureSample column -> throw new IllegalArgumentException(column + " is of no table");
            }
            next += columns.get(i).width();
        }
    }
}
