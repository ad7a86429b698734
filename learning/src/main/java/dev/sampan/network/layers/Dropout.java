package dev.sampan.network.layers;

import dev.sampan.compute.Pass;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// Factors that drop a share of activations and scale the rest so that the mean stays: 0 or 1 / (1 − share).
public record Dropout(double share) {
    private static final int PARTS = 1 << 16;
    private static final int CACHED = 4096; // a multiple of the decisions in a long

    /// x in its own shape, some of it dropped while the pass learns.
    public Tensor forward(Pass pass, Tensor x) {
        if (!pass.training() || share == 0) {
            return x;
        }
        Tensor factors = torch.empty(x.shape());
        FloatPointer memory = factors.data_ptr_float();
        float[] some = new float[CACHED]; // a whole array would be garbage of the size of x in every step
        long count = x.numel();
        for (long from = 0; from < count; from += CACHED) {
            int length = (int) Math.min(CACHED, count - from);
            fill(some, length, pass.random());
            memory.position(from).put(some, 0, length);
        }
        return x.mul(factors);
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
