package dev.sampan.network.layers;

import dev.sampan.compute.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// Rotary position embedding (Su et al. 2021): the pair of elements i and i + size/2 of a query or key at
/// place p is turned by the angle p · f_i, so that products depend on distances alone.
///
/// @param size width of a head; even
/// @param theta base of the frequencies f_i = θ^(−2i/size)
/// @param scaling what is done to the frequencies for texts longer than the model was first taught
public record Rotary(int size, double theta, RotaryScaling scaling) {
    /// Cosines and sines for the places of a text.
    ///
    /// @param cos (time, size)
    /// @param sin (time, size)
    public record Angles(Tensor cos, Tensor sin) {
        /// @param x (rows, heads, time, size)
        public Tensor turn(Tensor x) {
            long half = x.size(3) / 2;
            Tensor crossed = torch.cat(new TensorVector(x.narrow(3, half, half).neg(), x.narrow(3, 0, half)), 3);
            return x.mul(cos).add(crossed.mul(sin));
        }
    }

    public Angles angles(int time) {
        double[] frequencies = scaling.frequencies(size, theta, time);
        double length = scaling.length();
        float[] cos = new float[Math.multiplyExact(time, size)];
        float[] sin = new float[cos.length];
        int half = size / 2;
        for (int t = 0; t < time; t++) {
            for (int i = 0; i < half; i++) {
                double angle = t * frequencies[i];
                int at = t * size + i;
                cos[at] = (float) (Math.cos(angle) * length);
                sin[at] = (float) (Math.sin(angle) * length);
                cos[at + half] = cos[at];
                sin[at + half] = sin[at];
            }
        }
        return new Angles(Tensors.floats(cos, time, size), Tensors.floats(sin, time, size));
    }
}
