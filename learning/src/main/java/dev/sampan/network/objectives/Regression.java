package dev.sampan.network.objectives;

import dev.sampan.compute.Pass;
import dev.sampan.compute.Tensors;
import dev.sampan.network.Objective;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// Losses of numbers. Targets are floats with as many elements as the outputs; the mean is over all of them.
public sealed interface Regression extends Objective {
    @Override
    default double weight(Tensor targets) {
        return targets.numel();
    }

    /// (x − t)²
    record Squared() implements Regression {
        @Override
        public Tensor loss(Pass pass, Tensor outputs, Tensor targets) {
            return torch.mse_loss(outputs, targets.view_as(outputs), 2);
        }
    }

    /// |x − t|
    record Absolute() implements Regression {
        @Override
        public Tensor loss(Pass pass, Tensor outputs, Tensor targets) {
            return torch.l1_loss(outputs, targets.view_as(outputs), 2);
        }
    }

    /// (x − t)² / 2 where |x − t| ≤ δ, else δ (|x − t| − δ/2) (Huber 1964).
    record Huber(double delta) implements Regression {
        @Override
        public Tensor loss(Pass pass, Tensor outputs, Tensor targets) {
            return torch.huber_loss(outputs, targets.view_as(outputs), 2, delta);
        }
    }

    /// max(q (t − x), (q − 1) (t − x)): output j learns quantile j (Koenker and Bassett 1978).
    ///
    /// Outputs (rows, quantiles), targets (rows). Counted is each row once: losses are summed over the quantiles.
    record Pinball(float... quantiles) implements Regression {
        public Pinball {
            quantiles = quantiles.clone();
        }

        @Override
        public Tensor loss(Pass pass, Tensor outputs, Tensor targets) {
            Tensor q = Tensors.floats(quantiles, 1, quantiles.length);
            Tensor over = targets.reshape(-1, 1).sub(outputs); // (rows, quantiles)
            return torch.max(over.mul(q), over.mul(q.sub(new Scalar(1)))).sum();
        }
    }
}
