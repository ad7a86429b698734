package dev.sampan.compute;

/// Adam with decoupled weight decay (Loshchilov and Hutter, Decoupled Weight Decay Regularization, algorithm 2), with
/// PyTorch's defaults and order of operations:
///
/// ```
/// m ← β₁ m + (1 − β₁) g          v ← β₂ v + (1 − β₂) g²
/// w ← w (1 − η λ) − η / (1 − β₁ᵗ) · m / (√v / √(1 − β₂ᵗ) + ε)
/// ```
public final class AdamW {
    private static final float BETA1 = 0.9f;
    private static final float BETA2 = 0.999f;
    private static final float EPSILON = 1e-8f;

    private final float[] m;
    private final float[] v;
    private long steps;

    public AdamW(int size) {
        m = new float[size];
        v = new float[size];
    }

    /// One step against the gradient, which is first scaled down to the global norm `maxNorm`.
    ///
    /// @param rate η
    /// @param decay λ
    /// @param maxNorm 0 for no limit
    /// @return the gradient's norm before clipping; when it is not finite nothing is changed
    public double step(Weights weights, double rate, double decay, double maxNorm) {
        double norm = Math.sqrt(sumOfSquares(weights.gradient()));
        if (!Double.isFinite(norm)) {
            return norm;
        }
        steps++;
        float scale = maxNorm > 0 && norm > maxNorm ? (float) (maxNorm / (norm + 1e-6)) : 1;
        float keep = (float) (1 - rate * decay);
        float eta = (float) (rate / (1 - Math.pow(BETA1, steps)));
        float correction = (float) (1 / Math.sqrt(1 - Math.pow(BETA2, steps)));
        update(weights.values(), weights.gradient(), scale, keep, eta, correction);
        return norm;
    }

    private void update(float[] w, float[] gradient, float scale, float keep, float eta, float correction) {
        float[] first = m;
        float[] second = v;
        for (int i = 0; i < w.length; i++) { // nothing but arithmetic on arrays in here, so that it becomes SIMD
            float g = gradient[i] * scale;
            float mi = BETA1 * first[i] + (1 - BETA1) * g;
            float vi = BETA2 * second[i] + (1 - BETA2) * g * g;
            first[i] = mi;
            second[i] = vi;
            w[i] = w[i] * keep - eta * mi / ((float) Math.sqrt(vi) * correction + EPSILON);
        }
    }

    /// Eight sums beside each other: a single one would wait for every addition.
    private static double sumOfSquares(float[] g) {
        double[] sums = new double[8];
        int i = 0;
        for (; i + 8 <= g.length; i += 8) {
            for (int k = 0; k < 8; k++) {
                sums[k] += (double) g[i + k] * g[i + k];
            }
        }
        double sum = 0;
        for (; i < g.length; i++) {
            sum += (double) g[i] * g[i];
        }
        for (double part : sums) {
            sum += part;
        }
        return sum;
    }

    /// First moments, in the order of the weights; the array itself.
    public float[] firstMoments() {
        return m;
    }

    /// Second moments, in the order of the weights; the array itself.
    public float[] secondMoments() {
        return v;
    }

    public long steps() {
        return steps;
    }

    /// For taking up a run: the moments are to be put into their arrays.
    public void resumeAt(long stepsDone) {
        steps = stepsDone;
    }
}
