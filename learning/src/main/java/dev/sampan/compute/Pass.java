package dev.sampan.compute;

import java.util.Objects;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/// What a network has at hand while it computes forward on one thread: its weights as tensors, its buffers, whether it
/// learns, and the only randomness it may use.
///
/// @param leaves of the weights, this thread's own
/// @param buffers running statistics and the like, which are saved but not taught; shared, so that a network which
///     changes them must be computed by one thread at a time
/// @param randomOrNone decides what is dropped; null when the pass answers and learns nothing
public record Pass(
        NativeWeights.Leaves leaves,
        NativeWeights.Leaves buffers,
        @Nullable SplittableRandom randomOrNone) {
    /// A weight by its name.
    public Tensor weight(String name) {
        return leaves.get(name);
    }

    /// Rows of a table (rows, width) by their ids.
    ///
    /// @param ids 64-bit integers of any shape
    /// @return (shape of ids, width)
    public Tensor rows(String table, Tensor ids) {
        return leaves.rows(table, ids, new float[0]);
    }

    /// The same, multiplied by factors while they are read: what a dropout on them is.
    ///
    /// @param factors (ids, width) in row order
    public Tensor rows(String table, Tensor ids, float[] factors) {
        return leaves.rows(table, ids, factors);
    }

    /// A buffer by its name; what is written into it in place is kept.
    public Tensor buffer(String name) {
        return buffers.get(name);
    }

    /// True while gradients are wanted and activations dropped.
    public boolean training() {
        return randomOrNone != null;
    }

    /// A function of the run's seed and the place in the run: libtorch's own generator is never used.
    ///
    /// @throws NullPointerException when the pass does not learn
    public SplittableRandom random() {
        return Objects.requireNonNull(randomOrNone, "a pass that answers has no randomness");
    }
}
