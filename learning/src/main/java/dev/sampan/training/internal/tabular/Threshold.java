package dev.sampan.training.internal.tabular;

import dev.sampan.compute.NativeWeights;
import dev.sampan.compute.Pass;
import dev.sampan.compute.Scope;
import dev.sampan.compute.Tensors;
import dev.sampan.data.NamedTensors.Floats;
import dev.sampan.network.Network;
import dev.sampan.training.loop.Batch;
import dev.sampan.training.loop.Examples;
import dev.sampan.training.loop.Lesson;
import java.util.Arrays;
import java.util.stream.IntStream;

/// From how far off a row counts as an anomaly: the distance that a share of the validation rows exceeds, of the
/// training
/// rows where there are no others.
final class Threshold {
    private static final int BATCH = 512;

    private Threshold() {}

    /// @param contamination the share that is called strange, above 0
    static float of(Lesson lesson, double contamination) {
        Examples rows = lesson.validation() == null ? lesson.train() : lesson.validation();
        float[] distances = distances(lesson.network(), rows);
        Arrays.sort(distances);
        int place = (int) Math.floor((1 - contamination) * distances.length);
        return distances[Math.min(place, distances.length - 1)];
    }

    private static float[] distances(Network network, Examples rows) {
        float[] distances = new float[rows.rows()];
        try (NativeWeights weights = new NativeWeights(network.weights());
                NativeWeights buffers = new NativeWeights(network.buffers())) {
            Pass pass = new Pass(weights.leaves(), buffers.leaves(), null);
            for (int from = 0; from < rows.rows(); from += BATCH) {
                int[] some = IntStream.range(from, Math.min(rows.rows(), from + BATCH))
                        .toArray();
                Batch batch = rows.batch(some, null);
                float[] truths = ((Floats) batch.targets()).values();
                int width = truths.length / some.length;
                try (Scope _ = Scope.inference()) {
                    float[] made = Tensors.floats(network.forward(pass, batch.tensors()));
                    for (int i = 0; i < truths.length; i++) {
                        float off = made[i] - truths[i];
                        distances[from + i / width] += off * off / width;
                    }
                }
            }
        }
        return distances;
    }
}
