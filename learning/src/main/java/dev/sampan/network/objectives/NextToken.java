package dev.sampan.network.objectives;

import dev.sampan.compute.Pass;
import dev.sampan.network.Objective;
import org.bytedeco.pytorch.Tensor;

/// −log of the softmax of each token given those before it: a language model's loss. Outputs (rows, time, k),
/// targets (rows, time) the tokens themselves, [CrossEntropy#IGNORED] for those that are not to be learnt.
/// What stands at a place answers for the next one, so the first token is never a target.
public record NextToken() implements Objective {
    private static final CrossEntropy PLAIN = new CrossEntropy();

    @Override
    public double weight(Tensor targets) {
        return PLAIN.weight(next(targets));
    }

    @Override
    public Tensor loss(Pass pass, Tensor outputs, Tensor targets) {
        return PLAIN.loss(pass, outputs.narrow(1, 0, outputs.size(1) - 1), next(targets));
    }

    private static Tensor next(Tensor targets) {
        return targets.narrow(1, 1, targets.size(1) - 1);
    }
}
