package dev.sampan.evaluation;

import dev.sampan.data.Row;
import dev.sampan.data.RowReader;
import dev.sampan.data.Target;
import dev.sampan.runtime.Prediction;
import dev.sampan.runtime.Runtime;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A runtime whose answers are given: the input is the number of the row of scores.
record KnownScores(List<String> labels, List<String> inputs, float[][] scores) implements Runtime {
    @Override
    public Target target() {
        return new Target.Categories(labels);
    }

    static KnownScores of(List<String> labels, float[][] scores) {
        return new KnownScores(labels, List.of("text"), scores);
    }

    @Override
    public Map<String, String> example() {
        return Map.of(inputs.getFirst(), "");
    }

    @Override
    public List<Prediction> predict(List<Map<String, String>> asked) {
        return asked.stream()
                .map(input -> answer(scores[Integer.parseInt(input.get(inputs.getFirst()))]))
                .toList();
    }

    private Prediction answer(float[] row) {
        int best = 0;
        for (int c = 1; c < row.length; c++) {
            best = row[c] > row[best] ? c : best;
        }
        return new Prediction.Category(labels.get(best), row[best], row);
    }

    @Override
    public void close() {}

    /// Rows `0…n-1` with the labels given.
    static RowReader rows(List<String> truth) {
        return rows(
                List.of("text", "label"),
                IntStream.range(0, truth.size())
                        .mapToObj(i -> new Row("answers.csv line " + (i + 2), List.of("" + i, truth.get(i))))
                        .toList());
    }

    static RowReader rows(List<String> columns, List<Row> rows) {
        Iterator<Row> left = rows.iterator();
        return new RowReader() {
            @Override
            public List<String> columns() {
                return columns;
            }

            @Override
            public @Nullable Row next() {
                return left.hasNext() ? left.next() : null;
            }

            @Override
            public void close() {}
        };
    }
}
