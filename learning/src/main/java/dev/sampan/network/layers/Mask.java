package dev.sampan.network.layers;

import dev.sampan.compute.Tensors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/// What each query sees, as a summand of its scores: 0 where it sees, [#HIDDEN] where not, which softmax turns
/// into 0. "Nothing behind oneself" alone is kept as a flag, for the fused kernel then leaves half of the work
/// out.
///
/// @param causal each query sees the keys up to its own place and `bias` says nothing of it
/// @param bias of a shape that fits (rows, heads, queries, keys); null for nothing hidden
public record Mask(boolean causal, @Nullable Tensor bias) {
    /// Everything is seen.
    public static final Mask NONE = new Mask(false, null);

    /// Far enough below any score, and far enough from the end of the numbers to be added to twice.
    public static final float HIDDEN = -1e30f;

    /// @param queries and keys: the same places
    /// @param sight what a place may see of the others
    /// @param tokens (rows, keys) of 64-bit integers, 1 where a token stands; null when there is no padding
    public static Mask of(long places, Sight sight, @Nullable Tensor tokens) {
        boolean narrow = sight.window() > 0 && sight.window() < places;
        if (tokens == null && !narrow) {
            return new Mask(sight.causal(), null);
        }
        Tensor bias = tokens == null ? null : padding(tokens);
        if (sight.causal() || narrow) {
            Tensor seen = sight.table((int) places);
            bias = bias == null ? seen : bias.add(seen);
        }
        return new Mask(false, bias);
    }

    /// Padding alone, for keys that are other places than the queries.
    public static Mask ofKeys(@Nullable Tensor tokens) {
        return tokens == null ? NONE : new Mask(false, padding(tokens));
    }

    /// The same with a summand of its own, which may be learned.
    public Mask plus(Tensor summand, long places) {
        Tensor hidden = explicit(places);
        return new Mask(false, hidden == null ? summand : summand.add(hidden));
    }

    TensorOptional sum() {
        return bias == null ? new TensorOptional() : new TensorOptional(bias);
    }

    /// All of it as a summand.
    @Nullable
    Tensor explicit(long places) {
        return causal ? new Sight(true, 0).table((int) places) : bias;
    }

    /// @return (rows, 1, 1, keys)
    private static Tensor padding(Tensor tokens) {
        Tensor absent = tokens.eq(new Scalar(0)).to(ScalarType.Float);
        return absent.mul(new Scalar(HIDDEN)).unsqueeze(1).unsqueeze(1);
    }

    /// What a place may see of the others.
    ///
    /// @param causal nothing behind itself
    /// @param window only places nearer than this; 0 for all
    public record Sight(boolean causal, int window) {
        /// (1, 1, places, places)
        Tensor table(int places) {
            float[] table = new float[Math.multiplyExact(places, places)];
            for (int query = 0; query < places; query++) {
                for (int key = 0; key < places; key++) {
                    boolean near = window == 0 || Math.abs(query - key) < window;
                    table[query * places + key] = near && !(causal && key > query) ? 0 : HIDDEN;
                }
            }
            return Tensors.floats(table, 1, 1, places, places);
        }
    }
}
