package dev.sampan.network;

import dev.sampan.compute.NativeWeights;
import dev.sampan.compute.Pass;
import dev.sampan.compute.Scope;
import dev.sampan.compute.Tensors;
import dev.sampan.network.layers.Dropout;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/// What one thread needs to learn from a batch, or to answer one: buffers, and its own gradients.
public final class Learner {
    private final BiLstmClassifier network;
    private final NativeWeights.Leaves leaves;
    private final int width;
    private final int tableOffset;
    private final Dropout dropout;

    private float[] vectors = {}; // (time, rows, width), after dropout
    private float[] reversed = {}; // the same, each text turned round
    private float[] kept = {}; // (time, rows, width): dropout's factors
    private float[] vectorGradient = {};
    private float[] reversedGradient = {};
    private @Nullable Sequences last; // whose gradient is held
    private @Nullable Sequences added; // whose rows of the table's gradient are not zero

    Learner(BiLstmClassifier network, NativeWeights.Leaves leaves) {
        this.network = network;
        this.leaves = leaves;
        width = network.embedding.width();
        tableOffset = network.weights.slot(network.embedding.weight()).offset();
        dropout = new Dropout(network.config.dropout());
    }

    /// Forward and backward. The gradient is held until [BiLstmClassifier#sumGradients] takes it.
    ///
    /// @param labels one for each row
    /// @param share of one row in the loss: 1 over the rows of the whole batch, of which these may be a part
    /// @param random decides what is dropped
    /// @return sum of the rows' cross-entropies, in nats
    public double learn(Sequences batch, int[] labels, double share, SplittableRandom random) {
        int size = lookUp(batch, random);
        last = batch;
        try (Scope _ = Scope.recording()) {
            long[] shape = {batch.time(), batch.rows(), width};
            Tensor x = Tensors.prefix(vectors, size, shape).set_requires_grad(true);
            Tensor r = Tensors.prefix(reversed, size, shape).set_requires_grad(true);
            Tensor logits = forward(batch, x, r, random);
            Tensor truth = Tensors.longs(Arrays.stream(labels).asLongStream().toArray(), labels.length);
            Tensor loss = torch.cross_entropy_loss(logits, truth, new TensorOptional(), 2, -100, 0.0);
            loss.mul(new Scalar(share)).backward();
            try (Scope _ = Scope.inference()) {
                leaves.keepGradient();
                Tensors.copy(x.grad(), vectorGradient, 0, size);
                Tensors.copy(r.grad(), reversedGradient, 0, size);
            }
            return loss.item_float();
        }
    }

    /// @return (rows, labels)
    public float[] logits(Sequences batch) {
        int size = lookUp(batch, null);
        try (Scope _ = Scope.inference()) {
            long[] shape = {batch.time(), batch.rows(), width};
            Tensor x = Tensors.prefix(vectors, size, shape);
            return Tensors.floats(forward(batch, x, Tensors.prefix(reversed, size, shape), null));
        }
    }

    private Tensor forward(Sequences batch, Tensor x, Tensor r, @Nullable SplittableRandom random) {
        Pass pass = new Pass(leaves, leaves, random);
        Tensor pooled = network.lstm.forward(pass, x, r, batch.padded() ? padding(batch) : null);
        Tensor hidden = torch.relu(network.dense.forward(pass, pooled));
        return network.classifier.forward(pass, random == null ? hidden : dropped(hidden, random));
    }

    private Tensor dropped(Tensor x, SplittableRandom random) {
        if (dropout.share() == 0) {
            return x;
        }
        float[] factors = new float[Math.toIntExact(x.numel())];
        dropout.fill(factors, factors.length, random);
        return x.mul(Tensors.floats(factors, x.size(0), x.size(1)));
    }

    private static Tensor padding(Sequences batch) {
        int rows = batch.rows();
        float[] behind = new float[batch.ids().length];
        for (int row = 0; row < rows; row++) {
            for (int t = batch.lengths()[row]; t < batch.time(); t++) {
                behind[t * rows + row] = 1;
            }
        }
        return Tensors.floats(behind, batch.time(), rows, 1).to(ScalarType.Bool);
    }

    private int lookUp(Sequences batch, @Nullable SplittableRandom random) {
        int size = Math.multiplyExact(batch.ids().length, width);
        if (vectors.length < size) {
            vectors = new float[size];
            reversed = new float[size];
            kept = new float[size];
            vectorGradient = new float[size];
            reversedGradient = new float[size];
        }
        network.embedding.forward(network.weights.values(), tableOffset, batch.ids(), vectors);
        if (random != null) {
            dropout.fill(kept, size, random);
            for (int i = 0; i < size; i++) {
                vectors[i] *= kept[i];
            }
        }
        int rows = batch.rows();
        for (int row = 0; row < rows; row++) {
            int length = batch.lengths()[row];
            for (int t = 0; t < batch.time(); t++) {
                int from = t < length ? length - 1 - t : t;
                System.arraycopy(vectors, (from * rows + row) * width, reversed, (t * rows + row) * width, width);
            }
        }
        return size;
    }

    /// Adds the gradient of the last batch to that of the weights. By the owner's thread.
    void addGradient() {
        if (last == null) {
            return;
        }
        int rows = last.rows();
        float[] sum = network.weights.gradient();
        for (int row = 0; row < rows; row++) {
            int length = last.lengths()[row];
            for (int t = 0; t < length; t++) {
                int at = (t * rows + row) * width;
                int turned = ((length - 1 - t) * rows + row) * width;
                int to = tableOffset + last.ids()[t * rows + row] * width;
                for (int k = 0; k < width; k++) {
                    sum[to + k] += (vectorGradient[at + k] + reversedGradient[turned + k]) * kept[at + k];
                }
            }
        }
        added = last;
        last = null;
    }

    /// Sets those rows of the table's gradient to zero again that [#addGradient] wrote to.
    void clearRows() {
        if (added != null) {
            float[] sum = network.weights.gradient();
            for (int id : added.ids()) {
                int from = tableOffset + id * width;
                Arrays.fill(sum, from, from + width, 0);
            }
            added = null;
        }
    }
}
