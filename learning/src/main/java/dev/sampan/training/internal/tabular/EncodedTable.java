package dev.sampan.training.internal.tabular;

import dev.sampan.data.ColumnFeatures;
import dev.sampan.data.Dataset;
import dev.sampan.data.Datasets;
import dev.sampan.data.FittedColumns;
import dev.sampan.data.NamedTensors;
import dev.sampan.data.NamedTensors.Floats;
import dev.sampan.data.NamedTensors.Longs;
import dev.sampan.data.NamedTensors.Values;
import dev.sampan.data.Row;
import dev.sampan.data.RowReader;
import dev.sampan.data.Split;
import dev.sampan.data.Target;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;

/// Rows as a model over columns reads them.
///
/// @param numbers (rows, width)
/// @param categories (rows, indexes)
/// @param answers of each row: the place of its label, or its number; 0 where nothing is answered
public record EncodedTable(int rows, int width, int indexes, float[] numbers, long[] categories, float[] answers) {
    private static final int TOLD_EVERY = 10_000;

    /// @throws ProblemException `training.too_large` when the rows do not fit one array
    public static EncodedTable of(Dataset dataset, FittedColumns fitted, Split split, Progress progress) {
        ColumnFeatures features = fitted.features();
        int rows = Math.toIntExact(dataset.count(split));
        int width = features.numbers();
        int indexes = features.indexes().size();
        if ((long) rows * Math.max(width, indexes) > Integer.MAX_VALUE - 8) {
            throw new ProblemException(Problem.of(
                            "training.too_large",
                            rows + " rows of " + width + " numbers do not fit into memory at once")
                    .remedy("Encode wide columns as target or hash, or train on fewer rows"));
        }
        EncodedTable table = new EncodedTable(
                rows, width, indexes, new float[rows * width], new long[rows * indexes], new float[rows]);
        try (RowReader reader = Datasets.rows(dataset, split)) {
            Map<String, Integer> places = places(features.target().labels());
            int at = 0;
            for (Row row = reader.next(); row != null; row = reader.next()) {
                table.fill(at, dataset, fitted, split, row, places);
                at++;
                if (at % TOLD_EVERY == 0 || at == rows) {
                    progress.at("encode", at, rows, split.name().toLowerCase(Locale.ROOT));
                    if (progress.cancelled()) {
                        throw new CancellationException();
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return table;
    }

    private void fill(
            int at, Dataset dataset, FittedColumns fitted, Split split, Row row, Map<String, Integer> places) {
        Map<String, String> values = HashMap.newHashMap(dataset.inputs().size());
        for (int i = 0; i < dataset.inputs().size(); i++) {
            values.put(dataset.inputs().get(i), row.values().get(i));
        }
        NamedTensors tensors = split == Split.TRAIN
                ? fitted.learnt(at, values)
                : fitted.features().encode(List.of(values));
        for (Values made : tensors.tensors().values()) {
            switch (made) {
                case Floats(float[] floats, long[] _) -> System.arraycopy(floats, 0, numbers, at * width, width);
                case Longs(long[] longs, long[] _) -> System.arraycopy(longs, 0, categories, at * indexes, indexes);
            }
        }
        String answer = row.values().get(dataset.inputs().size());
        answers[at] = switch (fitted.features().target()) {
            case Target.Categories _ -> places.getOrDefault(answer, 0);
            case Target.Quantity() -> Float.parseFloat(answer);
            default -> 0;
        };
    }

    private static Map<String, Integer> places(List<String> labels) {
        Map<String, Integer> places = new HashMap<>();
        labels.forEach(label -> places.put(label, places.size()));
        return places;
    }

    /// Of the answers.
    public double mean() {
        double sum = 0;
        for (float answer : answers) {
            sum += answer;
        }
        return sum / rows;
    }

    /// These rows alone, in their order; a row may come twice.
    public EncodedTable select(int[] chosen) {
        EncodedTable table = new EncodedTable(
                chosen.length,
                width,
                indexes,
                new float[chosen.length * width],
                new long[chosen.length * indexes],
                new float[chosen.length]);
        for (int i = 0; i < chosen.length; i++) {
            System.arraycopy(numbers, chosen[i] * width, table.numbers, i * width, width);
            System.arraycopy(categories, chosen[i] * indexes, table.categories, i * indexes, indexes);
            table.answers[i] = answers[chosen[i]];
        }
        return table;
    }

    /// The rows of both, these first.
    EncodedTable and(EncodedTable other) {
        float[] bothNumbers = Arrays.copyOf(numbers, numbers.length + other.numbers.length);
        System.arraycopy(other.numbers, 0, bothNumbers, numbers.length, other.numbers.length);
        long[] bothCategories = Arrays.copyOf(categories, categories.length + other.categories.length);
        System.arraycopy(other.categories, 0, bothCategories, categories.length, other.categories.length);
        float[] bothAnswers = Arrays.copyOf(answers, rows + other.rows);
        System.arraycopy(other.answers, 0, bothAnswers, rows, other.rows);
        return new EncodedTable(rows + other.rows, width, indexes, bothNumbers, bothCategories, bothAnswers);
    }
}
