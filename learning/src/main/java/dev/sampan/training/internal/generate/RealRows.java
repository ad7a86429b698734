package dev.sampan.training.internal.generate;

import dev.sampan.data.NamedTensors;
import dev.sampan.data.NamedTensors.Floats;
import dev.sampan.data.NamedTensors.Values;
import dev.sampan.data.SampleFeatures;
import dev.sampan.training.loop.Batch;
import dev.sampan.training.loop.Duel;
import dev.sampan.training.loop.Examples;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/// Real rows as a critic is shown them.
///
/// @param rows how many
/// @param width numbers of a row
/// @param labels how many there are, 0 for none
/// @param label of a row
record RealRows(int rows, int width, int labels, IntUnaryOperator label, Fill fill) implements Examples {
    /// Writes a row's numbers.
    interface Fill {
        void row(int row, @Nullable SplittableRandom random, float[] target, int at);
    }

    @Override
    public Batch batch(int[] chosen, @Nullable SplittableRandom random) {
        float[] values = new float[Math.multiplyExact(chosen.length, width)];
        float[] conditions = new float[chosen.length * labels];
        for (int i = 0; i < chosen.length; i++) {
            fill.row(chosen[i], random, values, i * width);
            int of = label.applyAsInt(chosen[i]);
            if (labels > 0 && of >= 0) {
                conditions[i * labels + of] = 1;
            }
        }
        Map<String, Values> tensors = new LinkedHashMap<>();
        tensors.put(Duel.SAMPLE, new Floats(values, chosen.length, width));
        if (labels > 0) {
            tensors.put(SampleFeatures.CONDITION, new Floats(conditions, chosen.length, labels));
        }
        return new Batch(new NamedTensors(chosen.length, tensors), Duel.noTargets(chosen.length));
    }
}
