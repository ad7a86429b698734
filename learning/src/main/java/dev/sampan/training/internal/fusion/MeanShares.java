package dev.sampan.training.internal.fusion;

import dev.sampan.compute.NativeWeights;
import dev.sampan.compute.Pass;
import dev.sampan.compute.Scope;
import dev.sampan.compute.Tensors;
import dev.sampan.network.fusion.FusionNetwork;
import dev.sampan.training.loop.Examples;
import java.util.Arrays;
import java.util.stream.IntStream;

/// What each part had to do with the answers to some rows, on the average.
final class MeanShares {
    private static final int BATCH = 128;

    private MeanShares() {}

    /// One share for each of the network's parts.
    static double[] of(FusionNetwork network, Examples rows, int parts) {
        double[] sums = new double[parts];
        try (NativeWeights weights = new NativeWeights(network.weights());
                NativeWeights buffers = new NativeWeights(network.buffers())) {
            Pass pass = new Pass(weights.leaves(), buffers.leaves(), null);
            for (int from = 0; from < rows.rows(); from += BATCH) {
                int[] some = IntStream.range(from, Math.min(rows.rows(), from + BATCH))
                        .toArray();
                try (Scope _ = Scope.inference()) {
                    float[] weighted = Tensors.floats(
                            network.weighted(pass, rows.batch(some, null).tensors()));
                    int width = weighted.length / some.length;
                    for (int i = 0; i < some.length; i++) {
                        double[] shares = network.shares(Arrays.copyOfRange(weighted, i * width, (i + 1) * width));
                        for (int part = 0; part < parts; part++) {
                            sums[part] += shares[part];
                        }
                    }
                }
            }
        }
        return Arrays.stream(sums).map(sum -> sum / rows.rows()).toArray();
    }
}
