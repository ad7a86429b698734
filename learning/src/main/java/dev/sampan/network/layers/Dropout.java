package dev.sampan.network.layers;

import dev.sampan.compute.Pass;
import dev.sampan.compute.Tensors;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;

/// Factors that drop a share of activations and scale the rest so that the mean stays: 0 or 1 / (1 − share).
public record Dropout(double share) {
    private static final int PARTS = 1 << 16;

    /// x in its own shape, some of it dropped while the pass learns.
    public Tensor forward(Pass pass, Tensor x) {
        if (!pass.training() || share == 0) {
            return x;
        }
        float[] factors = new float[Math.toIntExact(x.numel())];
        fill(factors, factors.length, pass.random());
        return x.mul(Tensors.floats(factors, x.shape()));
    }

    /// Fills the first `count` elements; a function of the generator's state alone.
    public void fill(float[] factors, int count, SplittableRandom random) {
        if (share == 0) {
            Arrays.fill(factors, 0, count, 1f);
            return;
        }
        int dropped = (int) Math.round(share * PARTS);
        float kept = (float) (1 / (1 - share));
        for (int i = 0; i < count; i += 4) {
            long bits = random.nextLong(); // four decisions in each
            for (int k = i; k < Math.min(i + 4, count); k++) {
                factors[k] = (bits & (PARTS - 1)) < dropped ? 0 : kept;
                bits >>>= 16;
            }
        }
    }
}
