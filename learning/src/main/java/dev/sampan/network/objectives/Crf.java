package dev.sampan.network.objectives;

import dev.sampan.compute.Pass;
import dev.sampan.compute.Tensors;
import dev.sampan.network.Objective;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// −log of how probable a text's tags are under a linear-chain conditional random field (Lafferty, McCallum and Pereira
/// 2001), over all sequences of tags, the sum by the forward algorithm:
///
/// ```
/// log p(y | x) = s(y) − log Σ exp s(y′)        s(y) = T[start, y₁] + Σ x_t[y_t] + Σ T[y_{t−1}, y_t] + T[y_n, end]
/// ```
///
/// Outputs are (rows, time, tags), targets (rows, time) with [CrossEntropy#IGNORED] behind a text's end. T is the
/// network's own weight [#TRANSITIONS], (tags + 2, tags + 2), start and end last. A text counts as many tokens as it
/// has, so that long ones do not pull harder on a step than their share.
public record Crf(int tags) implements Objective {
    /// Name of T among the network's weights.
    public static final String TRANSITIONS = "crf.transitions";

    @Override
    public double weight(Tensor targets) {
        double tokens = 0;
        for (int target : Tensors.ints(targets)) {
            tokens += target == CrossEntropy.IGNORED ? 0 : 1;
        }
        return tokens;
    }

    @Override
    public Tensor loss(Pass pass, Tensor outputs, Tensor targets) {
        Tensor all = pass.weight(TRANSITIONS);
        Tensor between = all.narrow(0, 0, tags).narrow(1, 0, tags);
        Tensor start = all.narrow(0, tags, 1).narrow(1, 0, tags); // (1, tags)
        Tensor end = all.narrow(0, 0, tags).narrow(1, tags + 1L, 1).t(); // (1, tags)
        Tensor stands = targets.ge(new Scalar(0)); // (rows, time)
        return everything(outputs, stands, between, start, end)
                .sub(truth(outputs, targets.clamp_min(new Scalar(0)), stands, between, start, end))
                .sum();
    }

    /// log Σ exp s(y′), (rows).
    private static Tensor everything(Tensor outputs, Tensor stands, Tensor between, Tensor start, Tensor end) {
        long[] overTags = {1};
        Tensor sums = start.add(outputs.select(1, 0)); // (rows, tags)
        for (long t = 1; t < outputs.size(1); t++) {
            Tensor ways = sums.unsqueeze(2).add(between); // (rows, from, to)
            Tensor next = torch.logsumexp(ways, overTags, false).add(outputs.select(1, t));
            sums = torch.where(stands.select(1, t).unsqueeze(1), next, sums);
        }
        return torch.logsumexp(sums.add(end), overTags, false);
    }

    /// s(y) of the true tags, (rows).
    private Tensor truth(Tensor outputs, Tensor truth, Tensor stands, Tensor between, Tensor start, Tensor end) {
        long time = outputs.size(1);
        Tensor there = stands.to(ScalarType.Float);
        Tensor score =
                outputs.gather(2, truth.unsqueeze(2)).squeeze(2).mul(there).sum(new long[] {1}, false, none());
        score = score.add(start.squeeze(0).index_select(0, truth.select(1, 0)));
        Tensor last =
                stands.to(ScalarType.Long).sum(new long[] {1}, true, none()).sub(new Scalar(1)); // (rows, 1)
        score = score.add(end.squeeze(0).index_select(0, truth.gather(1, last).squeeze(1)));
        if (time == 1) {
            return score;
        }
        Tensor from = truth.narrow(1, 0, time - 1);
        Tensor to = truth.narrow(1, 1, time - 1);
        Tensor steps = between.reshape(-1)
                .index_select(0, from.mul(new Scalar(tags)).add(to).reshape(-1))
                .view(from.shape());
        return score.add(steps.mul(there.narrow(1, 1, time - 1)).sum(new long[] {1}, false, none()));
    }

    private static ScalarTypeOptional none() {
        return new ScalarTypeOptional();
    }
}
