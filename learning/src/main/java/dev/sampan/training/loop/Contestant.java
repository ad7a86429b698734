package dev.sampan.training.loop;

import dev.sampan.compute.Lanes;
import dev.sampan.compute.NativeWeights;
import dev.sampan.compute.Pass;
import dev.sampan.compute.Scope;
import dev.sampan.compute.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/// One side of a [Duel] on several threads: its weights as it learns, and as the other side looks at them, of
/// which no gradient is computed. Parts of a batch go round over a fixed number of strands whose gradients are
/// added in their order, as in [Crew].
final class Contestant implements AutoCloseable {
    private static final int STRANDS_MAX = 8;
    /// Gradients of all strands together, in numbers.
    private static final long GRADIENTS_MAX = 64L << 20;

    private final NativeWeights learning;
    private final NativeWeights standing;
    private final NativeWeights none = new NativeWeights(Weights.NONE);
    private final NativeWeights.Leaves noBuffers = none.leaves();
    private final NativeWeights.Leaves fixed;
    private final List<NativeWeights.Leaves> strands = new ArrayList<>();

    /// The loss of a part, summed over its rows.
    interface PartLoss {
        /// @param own this side's weights, which learn
        Tensor of(Pass own, int part);
    }

    Contestant(Weights weights) {
        learning = new NativeWeights(weights);
        standing = new NativeWeights(weights, _ -> false);
        fixed = standing.leaves();
        long count = Math.clamp(GRADIENTS_MAX / Math.max(1, learning.learningSize()), 1, STRANDS_MAX);
        for (int i = 0; i < count; i++) {
            strands.add(learning.leaves());
        }
    }

    /// Forward and backward of all parts. The gradient of the weights is then that of the sum of the losses.
    ///
    /// @param random of each part
    /// @return the sum of the losses
    double learn(int parts, Lanes lanes, List<SplittableRandom> random, PartLoss loss) {
        double[] losses = new double[parts];
        int used = Math.min(strands.size(), parts);
        lanes.run(used, strand -> {
            for (int part = strand; part < parts; part += used) {
                losses[part] = one(strands.get(strand), part, random.get(part), loss);
            }
        });
        learning.sumGradients(lanes);
        double sum = 0;
        for (double each : losses) {
            sum += each;
        }
        return sum;
    }

    private double one(NativeWeights.Leaves strand, int part, SplittableRandom random, PartLoss loss) {
        try (Scope _ = Scope.recording()) {
            Tensor found = loss.of(new Pass(strand, noBuffers, random), part);
            found.backward();
            strand.keepGradient();
            return found.item_double();
        }
    }

    /// The weights as the other side looks at them.
    Pass fixed(@Nullable SplittableRandom random) {
        return new Pass(fixed, noBuffers, random);
    }

    /// Takes over what the optimiser changed.
    void refresh(Lanes lanes) {
        learning.refresh(lanes);
        standing.refresh(lanes);
    }

    @Override
    public void close() {
        learning.close();
        standing.close();
        none.close();
    }
}
