package dev.sampan.compute;

import java.util.List;

/// How one weight follows its gradient: PyTorch's formulas in PyTorch's order of operations, each as one loop over flat
/// arrays with nothing but arithmetic in it, so that it becomes SIMD. η is the rate, λ the decay, g the gradient, t the
/// number of the step, from 1.
public sealed interface UpdateRule {
    /// Names of the arrays kept between steps, as in the state of PyTorch's optimiser.
    List<String> states();

    /// One step of some weights.
    void update(Part part, float[][] state, Step step);

    /// Neighbouring weights, each at the same index in all arrays, the states' among them: were the indices to differ,
    /// the
    /// compiler could not exclude that one array is another, and would make no SIMD of the loop.
    record Part(float[] weights, float[] gradient, int from, int to) {}

    /// @param scale the gradient is multiplied by it first
    /// @param number of the step, from 1
    record Step(double rate, double decay, float scale, long number) {}

    /// `b ← μ b + g + λ w`, then with momentum μ `w ← w − η b`, Nesterov's `w ← w − η (g + λ w + μ b)`.
    record Sgd(double momentum, boolean nesterov) implements UpdateRule {
        @Override
        public List<String> states() {
            return momentum == 0 ? List.of() : List.of("momentum_buffer");
        }

        @Override
        public void update(Part part, float[][] state, Step step) {
            if (momentum == 0) {
                plain(part, step);
            } else {
                moving(part, state[0], step);
            }
        }

        private static void plain(Part part, Step step) {
            float[] w = part.weights;
            float[] gradient = part.gradient;
            float scale = step.scale;
            float decay = (float) step.decay;
            float rate = (float) step.rate;
            for (int i = part.from; i < part.to; i++) {
                w[i] -= rate * (gradient[i] * scale + decay * w[i]);
            }
        }

        private void moving(Part part, float[] buffer, Step step) {
            float[] w = part.weights;
            float[] gradient = part.gradient;
            float scale = step.scale;
            float decay = (float) step.decay;
            float rate = (float) step.rate;
            float mu = (float) momentum;
            float own = nesterov ? 1 : 0; // what of g itself is in the direction
            float moved = nesterov ? mu : 1;
            for (int i = part.from; i < part.to; i++) {
                float g = gradient[i] * scale + decay * w[i];
                float b = mu * buffer[i] + g;
                buffer[i] = b;
                w[i] -= rate * (own * g + moved * b);
            }
        }
    }

    /// Adam (Kingma and Ba 2015, algorithm 1), the decay as L2 in the gradient, or decoupled as in AdamW (Loshchilov
    /// and
    /// Hutter 2019, algorithm 2):
    ///
    /// ```
    /// m ← β₁ m + (1 − β₁) g          v ← β₂ v + (1 − β₂) g²
    /// w ← w (1 − η λ) − η / (1 − β₁ᵗ) · m / (√v / √(1 − β₂ᵗ) + ε)
    /// ```
    record Adam(double beta1, double beta2, double epsilon, boolean decoupled) implements UpdateRule {
        @Override
        public List<String> states() {
            return List.of("exp_avg", "exp_avg_sq");
        }

        @Override
        public void update(Part part, float[][] state, Step step) {
            float[] w = part.weights;
            float[] gradient = part.gradient;
            float[] first = state[0];
            float[] second = state[1];
            float scale = step.scale;
            float keep = decoupled ? (float) (1 - step.rate * step.decay) : 1;
            float l2 = decoupled ? 0 : (float) step.decay;
            float eta = (float) (step.rate / (1 - Math.pow(beta1, step.number)));
            float correction = (float) (1 / Math.sqrt(1 - Math.pow(beta2, step.number)));
            float b1 = (float) beta1;
            float b2 = (float) beta2;
            float rest1 = (float) (1 - beta1);
            float rest2 = (float) (1 - beta2);
            float least = (float) epsilon;
            for (int i = part.from; i < part.to; i++) {
                float g = gradient[i] * scale + l2 * w[i];
                float m = b1 * first[i] + rest1 * g;
                float v = b2 * second[i] + rest2 * g * g;
                first[i] = m;
                second[i] = v;
                w[i] = w[i] * keep - eta * m / ((float) Math.sqrt(v) * correction + least);
            }
        }
    }

    /// `v ← α v + (1 − α) (g + λ w)²`, `b ← μ b + (g + λ w) / (√v + ε)`, `w ← w − η b` (Hinton, lecture 6e of 2012).
    record RmsProp(double alpha, double epsilon, double momentum) implements UpdateRule {
        @Override
        public List<String> states() {
            return List.of("square_avg", "momentum_buffer");
        }

        @Override
        public void update(Part part, float[][] state, Step step) {
            float[] w = part.weights;
            float[] gradient = part.gradient;
            float[] square = state[0];
            float[] buffer = state[1];
            float scale = step.scale;
            float decay = (float) step.decay;
            float rate = (float) step.rate;
            float a = (float) alpha;
            float rest = (float) (1 - alpha);
            float least = (float) epsilon;
            float mu = (float) momentum;
            for (int i = part.from; i < part.to; i++) {
                float g = gradient[i] * scale + decay * w[i];
                float v = a * square[i] + rest * g * g;
                float b = mu * buffer[i] + g / ((float) Math.sqrt(v) + least);
                square[i] = v;
                buffer[i] = b;
                w[i] -= rate * b;
            }
        }
    }

    /// `s ← s + (g + λ w)²`, `w ← w − η (g + λ w) / (√s + ε)` (Duchi et al. 2011).
    record Adagrad(double epsilon) implements UpdateRule {
        @Override
        public List<String> states() {
            return List.of("sum");
        }

        @Override
        public void update(Part part, float[][] state, Step step) {
            float[] w = part.weights;
            float[] gradient = part.gradient;
            float[] sum = state[0];
            float scale = step.scale;
            float decay = (float) step.decay;
            float rate = (float) step.rate;
            float least = (float) epsilon;
            for (int i = part.from; i < part.to; i++) {
                float g = gradient[i] * scale + decay * w[i];
                float s = sum[i] + g * g;
                sum[i] = s;
                w[i] -= rate * g / ((float) Math.sqrt(s) + least);
            }
        }
    }

    /// `w ← w (1 − η λ) − η sign(β₁ m + (1 − β₁) g)`, `m ← β₂ m + (1 − β₂) g` (Chen et al. 2023, algorithm 2).
    record Lion(double beta1, double beta2) implements UpdateRule {
        @Override
        public List<String> states() {
            return List.of("exp_avg");
        }

        @Override
        public void update(Part part, float[][] state, Step step) {
            float[] w = part.weights;
            float[] gradient = part.gradient;
            float[] mean = state[0];
            float scale = step.scale;
            float keep = (float) (1 - step.rate * step.decay);
            float rate = (float) step.rate;
            float b1 = (float) beta1;
            float b2 = (float) beta2;
            float rest1 = (float) (1 - beta1);
            float rest2 = (float) (1 - beta2);
            for (int i = part.from; i < part.to; i++) {
                float g = gradient[i] * scale;
                float m = mean[i];
                w[i] = w[i] * keep - rate * Math.signum(b1 * m + rest1 * g);
                mean[i] = b2 * m + rest2 * g;
            }
        }
    }
}
