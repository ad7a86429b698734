package dev.sampan.network.objectives;

import dev.sampan.compute.Pass;
import dev.sampan.compute.Tensors;
import dev.sampan.network.Objective;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/// −log of the true class's softmax. Outputs (rows, k) with targets (rows), or outputs (rows, time, k) with targets
/// (rows, time); a target of [#IGNORED] counts nothing.
///
/// - label smoothing ε: the truth is 1 − ε + ε/k, the others ε/k (Szegedy et al. 2016, section 7)
/// - class weights: a row's loss and what it counts in the mean are both multiplied, as in `torch.nn.CrossEntropyLoss`
/// - focal γ: a row's loss is multiplied by (1 − p)^γ, p being the true class's softmax (Lin et al. 2017, equation 4)
///
/// @param smoothing ε, 0 to below 1
/// @param classWeights one for each class; empty for all 1
/// @param focalGamma γ, 0 for none
public record CrossEntropy(double smoothing, List<Float> classWeights, double focalGamma) implements Objective {
    /// Target of what is not to be learnt, as in PyTorch.
    public static final int IGNORED = -100;

    private static final long EACH = 0;
    private static final long SUM = 2;

    /// The plain one.
    public CrossEntropy() {
        this(0, List.of(), 0);
    }

    public CrossEntropy {
        if (!(smoothing >= 0 && smoothing < 1 && focalGamma >= 0)) {
            throw new IllegalArgumentException("smoothing " + smoothing + ", gamma " + focalGamma);
        }
        classWeights = List.copyOf(classWeights);
    }

    @Override
    public double weight(Tensor targets) {
        double sum = 0;
        for (int target : Tensors.ints(targets)) {
            if (target != IGNORED) {
                sum += classWeights.isEmpty() ? 1 : classWeights.get(target);
            }
        }
        return sum;
    }

    @Override
    public Tensor loss(Pass pass, Tensor outputs, Tensor targets) {
        long classes = outputs.size(outputs.dim() - 1);
        Tensor logits = outputs.reshape(-1, classes);
        Tensor truth = targets.reshape(-1);
        if (focalGamma == 0) {
            return entropy(logits, truth, SUM);
        }
        Tensor known = truth.clamp_min(new Scalar(0)).unsqueeze(1);
        Tensor right = torch.log_softmax(logits, 1).gather(1, known).squeeze(1).exp();
        Tensor factor =
                right.neg().add(new Scalar(1)).clamp_min(new Scalar(1e-12)).pow(new Scalar(focalGamma));
        return entropy(logits, truth, EACH).mul(factor).sum();
    }

    private Tensor entropy(Tensor logits, Tensor truth, long reduction) {
        TensorOptional weights = classWeights.isEmpty()
                ? new TensorOptional()
                : new TensorOptional(Tensors.floats(values(), classWeights.size()));
        return torch.cross_entropy_loss(logits, truth, weights, reduction, IGNORED, smoothing);
    }

    private float[] values() {
        float[] values = new float[classWeights.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = classWeights.get(i);
        }
        return values;
    }
}
