package dev.sampan.network;

import dev.sampan.compute.Lanes;
import dev.sampan.compute.NativeWeights;
import dev.sampan.compute.Pass;
import dev.sampan.compute.Scope;
import dev.sampan.compute.Tensors;
import dev.sampan.network.objectives.CrossEntropy;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/// A classifier on one thread, step by step.
final class Taught implements AutoCloseable {
    private final Network network;
    private final NativeWeights weights;
    private final NativeWeights.Leaves leaves;

    Taught(Network network) {
        this.network = network;
        weights = new NativeWeights(network.weights());
        leaves = weights.leaves();
    }

    /// Forward and backward; what it adds to the gradient is held until [#sumGradients].
    ///
    /// @return sum of the rows' losses
    double learn(Supplier<Map<String, Tensor>> inputs, long[] labels, double share, long seed) {
        try (Scope _ = Scope.recording()) {
            Pass pass = new Pass(leaves, leaves, new SplittableRandom(seed));
            Tensor logits = network.forward(pass, inputs.get());
            Tensor loss = new CrossEntropy().loss(pass, logits, Tensors.longs(labels, labels.length));
            loss.mul(new Scalar(share)).backward();
            leaves.keepGradient();
            return loss.item_double();
        }
    }

    float[] sumGradients() {
        weights.sumGradients(Lanes.ONE);
        return network.weights().gradient();
    }

    float[] logits(Supplier<Map<String, Tensor>> inputs) {
        try (Scope _ = Scope.inference()) {
            return Tensors.floats(network.forward(new Pass(leaves, leaves, null), inputs.get()));
        }
    }

    void refresh() {
        weights.refresh(Lanes.ONE);
    }

    @Override
    public void close() {
        weights.close();
    }
}
