package dev.sampan.network.objectives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sampan.compute.NativeWeights;
import dev.sampan.compute.Pass;
import dev.sampan.compute.Scope;
import dev.sampan.compute.Tensors;
import dev.sampan.compute.Torch;
import dev.sampan.compute.Weights;
import dev.sampan.network.Objective;
import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ObjectivesTests {
    private static final float[] LOGITS = {1, 2, 0.5f, 0, -1, 3, 2, 2, 2, 0.3f, 0.1f, -2};
    private static final long[] TRUTH = {0, 2, 1, 0};

    @BeforeAll
    static void oneThread() {
        Torch.useOneThreadPerCall();
    }

    // torch 2.x: x=torch.tensor([[1,2,.5],[0,-1,3],[2,2,2],[.3,.1,-2]]); t=torch.tensor([0,2,1,0]); F.cross_entropy(…)
    @Test
    void entropyIsPyTorchs() {
        assertThat(mean(new CrossEntropy(), TRUTH)).isCloseTo(0.820166, within(1e-5));
        assertThat(mean(new CrossEntropy(0.1, List.of(), 0), TRUTH)).isCloseTo(0.895166, within(1e-5));
        List<Float> weights = List.of(1f, 2f, 0.5f);
        assertThat(mean(new CrossEntropy(0, weights, 0), TRUTH)).isCloseTo(0.965852, within(1e-5));
        assertThat(mean(new CrossEntropy(0.1, weights, 0), TRUTH)).isCloseTo(1.034321, within(1e-5));
    }

    // p=x.softmax(1)[range(4),t]; ((1-p)**2*-p.log()).mean()
    @Test
    void focalLossWeighsDownWhatIsKnown() {
        assertThat(mean(new CrossEntropy(0, List.of(), 2), TRUTH)).isCloseTo(0.375872, within(1e-5));
    }

    @Test
    void whatIsIgnoredCountsNothing() {
        long[] padded = {0, 2, CrossEntropy.IGNORED, 0};

        assertThat(mean(new CrossEntropy(), padded)).isCloseTo((1.464369 + 0.065884 + 0.651799) / 3, within(1e-4));
        assertThat(mean(new CrossEntropy(0.2, List.of(), 1), padded))
                .isPositive()
                .isFinite();
    }

    @Test
    void numbersHaveTheirUsualLosses() {
        Supplier<Tensor> x = () -> Tensors.floats(new float[] {1, 2, 4}, 3, 1);
        Supplier<Tensor> t = () -> Tensors.floats(new float[] {1.5f, 2, 1}, 3);

        assertThat(mean(new Regression.Squared(), x, t)).isCloseTo(9.25 / 3, within(1e-6));
        assertThat(mean(new Regression.Absolute(), x, t)).isCloseTo(3.5 / 3, within(1e-6));
        assertThat(mean(new Regression.Huber(1), x, t)).isCloseTo((0.125 + 2.5) / 3, within(1e-6));
        assertThat(mean(new Regression.Pinball(0.9f), x, t)).isCloseTo((0.45 + 0.3) / 3, within(1e-6));
        assertThat(mean(new BinaryCrossEntropy(), x, () -> Tensors.floats(new float[] {1, 0, 1}, 3)))
                .isCloseTo((0.313262 + 2.126928 + 0.018150) / 3, within(1e-5));
    }

    private static double mean(Objective objective, long[] truth) {
        return mean(objective, () -> Tensors.floats(LOGITS, 4, 3), () -> Tensors.longs(truth, 4));
    }

    private static double mean(Objective objective, Supplier<Tensor> outputs, Supplier<Tensor> targets) {
        try (NativeWeights none = new NativeWeights(Weights.NONE);
                Scope _ = Scope.inference()) {
            Pass pass = new Pass(none.leaves(), none.leaves(), null);
            Tensor truth = targets.get();
            return objective.loss(pass, outputs.get(), truth).item_float() / objective.weight(truth);
        }
    }
}
