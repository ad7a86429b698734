package dev.sampan.training.internal.tabular;

import dev.sampan.data.ColumnFeatures;
import dev.sampan.data.NamedTensors;
import dev.sampan.data.NamedTensors.Floats;
import dev.sampan.data.NamedTensors.Longs;
import dev.sampan.data.NamedTensors.Values;
import dev.sampan.training.loop.Batch;
import dev.sampan.training.loop.Examples;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Encoded rows for the loop.
public record TableExamples(EncodedTable table, Teaching teaching) implements Examples {
    /// What a row teaches.
    public sealed interface Teaching {}

    /// The place of its label.
    public record Labels() implements Teaching {}

    /// (y − mean) / deviation.
    public record Quantity(double mean, double deviation) implements Teaching {
        public static Quantity of(float[] answers) {
            double mean = 0;
            double squares = 0;
            for (int i = 0; i < answers.length; i++) {
                double from = answers[i] - mean;
                mean += from / (i + 1);
                squares += from * (answers[i] - mean);
            }
            double deviation = Math.sqrt(squares / answers.length);
            return new Quantity(mean, deviation > 0 ? deviation : 1);
        }
    }

    /// Its own numbers.
    public record Itself() implements Teaching {}

    @Override
    public int rows() {
        return table.rows();
    }

    @Override
    public Batch batch(int[] rows, @Nullable SplittableRandom random) {
        EncodedTable some = table.select(rows);
        Map<String, Values> inputs = new LinkedHashMap<>();
        if (some.width() > 0) {
            inputs.put(ColumnFeatures.NUMBERS, new Floats(some.numbers(), some.rows(), some.width()));
        }
        if (some.indexes() > 0) {
            inputs.put(ColumnFeatures.CATEGORIES, new Longs(some.categories(), some.rows(), some.indexes()));
        }
        return new Batch(new NamedTensors(some.rows(), inputs), targets(some));
    }

    private Values targets(EncodedTable some) {
        return switch (teaching) {
            case Labels() -> {
                long[] labels = new long[some.rows()];
                for (int i = 0; i < labels.length; i++) {
                    labels[i] = (long) some.answers()[i];
                }
                yield new Longs(labels, some.rows());
            }
            case Quantity(double mean, double deviation) -> {
                float[] scaled = new float[some.rows()];
                for (int i = 0; i < scaled.length; i++) {
                    scaled[i] = (float) ((some.answers()[i] - mean) / deviation);
                }
                yield new Floats(scaled, some.rows());
            }
            case Itself() -> new Floats(some.numbers(), some.rows(), some.width());
        };
    }
}
