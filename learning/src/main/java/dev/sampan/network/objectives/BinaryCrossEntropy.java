package dev.sampan.network.objectives;

import dev.sampan.compute.Pass;
import dev.sampan.network.Objective;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/// −(t log σ(x) + (1 − t) log(1 − σ(x))) of each output by itself, for tags of which several may hold. Targets are
/// floats from 0 to 1 in the shape of the outputs; the mean is over all of them.
public record BinaryCrossEntropy() implements Objective {
    private static final long SUM = 2;

    @Override
    public double weight(Tensor targets) {
        return targets.numel();
    }

    @Override
    public Tensor loss(Pass pass, Tensor outputs, Tensor targets) {
        return torch.binary_cross_entropy_with_logits(
                outputs, targets.view_as(outputs), new TensorOptional(), new TensorOptional(), SUM);
    }
}
