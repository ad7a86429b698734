package dev.sampan.training.internal.generate;

import dev.sampan.compute.NativeWeights;
import dev.sampan.compute.Pass;
import dev.sampan.compute.Scope;
import dev.sampan.compute.Tensors;
import dev.sampan.compute.Weights;
import dev.sampan.data.NamedTensors;
import dev.sampan.data.NamedTensors.Floats;
import dev.sampan.data.SampleColumn;
import dev.sampan.data.SampleFeatures;
import dev.sampan.data.Target;
import dev.sampan.network.Network;
import dev.sampan.training.loop.Batch;
import dev.sampan.training.loop.Duel;
import dev.sampan.training.loop.Examples;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/// Whether a generator has learnt rows by heart: how far made rows are from the training row that is nearest to
/// each, in the numbers that the networks see with each choice made, beside how far held-out rows are. A ratio
/// of 1 says that made rows keep as much distance as real ones that were never seen.
final class NearestRows {
    private static final int SAMPLES = 256;
    /// More training rows are looked at by an even sample.
    private static final int TRAIN_MAX = 20_000;

    private final Target.Samples target;
    private final float[][] train;

    private NearestRows(Target.Samples target, float[][] train) {
        this.target = target;
        this.train = train;
    }

    /// @return `samples`, `copies`, and where there are held-out rows `ratio`
    static Map<String, Object> of(SampleFeatures features, Network generator, Material material) {
        NearestRows nearest = new NearestRows(features.target(), rows(material.train(), TRAIN_MAX));
        float[][] made = made(features, generator);
        Map<String, Object> found = new LinkedHashMap<>();
        double[] distances = new double[made.length];
        int copies = 0;
        for (int i = 0; i < made.length; i++) {
            int row = nearest.nearest(nearest.chosen(made[i]));
            distances[i] = nearest.distance(nearest.chosen(made[i]), row);
            copies += nearest.same(made[i], nearest.train[row]) ? 1 : 0;
        }
        found.put("samples", made.length);
        found.put("copies", (double) copies / made.length);
        found.put("distance", median(distances));
        Examples heldOut = material.validation();
        if (heldOut != null) {
            double[] real = Arrays.stream(rows(heldOut, SAMPLES))
                    .mapToDouble(row -> nearest.distance(row, nearest.nearest(row)))
                    .toArray();
            double floor = median(real);
            found.put("distance_held_out", floor);
            if (floor > 0) {
                found.put("ratio", median(distances) / floor);
            }
        }
        return found;
    }

    private static float[][] made(SampleFeatures features, Network generator) {
        List<Map<String, String>> seeds = IntStream.range(0, SAMPLES)
                .mapToObj(seed -> Map.of(SampleFeatures.SEED, Integer.toString(seed)))
                .toList();
        NamedTensors inputs = features.encode(seeds);
        try (NativeWeights weights = new NativeWeights(generator.weights(), _ -> false);
                NativeWeights none = new NativeWeights(Weights.NONE);
                Scope _ = Scope.inference()) {
            Pass pass = new Pass(weights.leaves(), none.leaves(), null);
            Map<String, Tensor> tensors = new Batch(inputs, Duel.noTargets(SAMPLES)).tensors();
            return cut(Tensors.floats(generator.forward(pass, tensors)), SAMPLES);
        }
    }

    private static float[][] rows(Examples examples, int most) {
        int count = Math.min(most, examples.rows());
        int[] chosen = IntStream.range(0, count)
                .map(i -> (int) ((long) i * examples.rows() / count))
                .toArray();
        Floats values = (Floats) Objects.requireNonNull(
                examples.batch(chosen, null).inputs().tensors().get(Duel.SAMPLE));
        return cut(values.values(), count);
    }

    private static float[][] cut(float[] values, int rows) {
        int width = values.length / rows;
        return IntStream.range(0, rows)
                .mapToObj(row -> Arrays.copyOfRange(values, row * width, (row + 1) * width))
                .toArray(float[][]::new);
    }

    /// With 1 for the choice that is taken and 0 for the others.
    private float[] chosen(float[] row) {
        float[] chosen = row.clone();
        int at = 0;
        for (SampleColumn column : target.columns()) {
            int from = at + column.width() - column.choices();
            int best = from;
            for (int i = from; i < at + column.width(); i++) {
                best = row[i] > row[best] ? i : best;
            }
            for (int i = from; i < at + column.width(); i++) {
                chosen[i] = i == best ? 1 : 0;
            }
            at += column.width();
        }
        return chosen;
    }

    private int nearest(float[] row) {
        int best = 0;
        double least = Double.MAX_VALUE;
        for (int i = 0; i < train.length; i++) {
            double of = squares(row, train[i], least);
            if (of < least) {
                least = of;
                best = i;
            }
        }
        return best;
    }

    private double distance(float[] row, int other) {
        return Math.sqrt(squares(row, train[other], Double.MAX_VALUE));
    }

    /// Given up once it is above the least.
    private static double squares(float[] a, float[] b, double least) {
        double sum = 0;
        for (int i = 0; i < a.length && sum < least; i++) {
            double off = a[i] - b[i];
            sum += off * off;
        }
        return sum;
    }

    /// Whether both are the same once they are written.
    private boolean same(float[] one, float[] other) {
        int at = 0;
        for (SampleColumn column : target.columns()) {
            if (!column.decode(one, at).equals(column.decode(other, at))) {
                return false;
            }
            at += column.width();
        }
        return true;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
