package dev.sampan.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Four steps of each rule beside PyTorch 2: `w = [0.5, −1, 2, 0]`, `lr=0.05, weight_decay=0.1`, the gradient of step k
/// being `w * (i + 1) / 2 + cos(k + i)` for i = 0…3.
class OptimiserTests {
    @Test
    void stepsAsPyTorchsSgd() {
        golden(new UpdateRule.Sgd(0, false), 0.441277f, -0.72225118f, 1.5067693f, 0.00096398435f);
        golden(new UpdateRule.Sgd(0.9, false), 0.22999215f, -0.44687334f, 0.94439012f, 0.12877116f);
        golden(new UpdateRule.Sgd(0.9, true), 0.22081749f, -0.26601365f, 0.69903833f, 0.067134164f);
    }

    @Test
    void stepsAsPyTorchsAdamAndAdamW() {
        golden(new UpdateRule.Adam(0.9, 0.999, 1e-8, false), 0.35711798f, -0.80745292f, 1.8015413f, 0.11017156f);
        golden(new UpdateRule.Adam(0.9, 0.999, 1e-8, true), 0.35239717f, -0.79065132f, 1.7636549f, 0.10970236f);
    }

    @Test
    void stepsAsPyTorchsRmsPropAndAdagrad() {
        golden(new UpdateRule.RmsProp(0.99, 1e-8, 0), 0.26441881f, 0.38967812f, 0.81443059f, -0.2927275f);
        golden(new UpdateRule.RmsProp(0.99, 1e-8, 0.5), -0.12984949f, 1.0420048f, 0.25191885f, -0.298953f);
        golden(new UpdateRule.Adagrad(1e-10), 0.45028764f, -0.83725083f, 1.8605438f, 0.022939064f);
    }

    // w*(1-.05*.1) - .05*sign(.9*m+.1*g); m = .99*m+.01*g, in float32
    @Test
    void stepsAsLionsPaperSays() {
        golden(new UpdateRule.Lion(0.9, 0.99), 0.49106976f, -0.78164446f, 1.7617943f, -0.00099501014f);
    }

    @Test
    void leavesWhatIsFrozenAndTeachesEachAtItsShare() {
        Weights weights =
                new Weights.Layout().add("a", 2).add("b", 2).add("c", 2).allocate();
        java.util.Arrays.fill(weights.values(), 1);
        java.util.Arrays.fill(weights.gradient(), 1);
        Optimiser optimiser = new Optimiser(new UpdateRule.Sgd(0.5, false), weights, slot -> switch (slot.name()) {
            case "a" -> Optimiser.Share.FROZEN;
            case "b" -> new Optimiser.Share(0.5, 0);
            default -> Optimiser.Share.WHOLE;
        });

        double norm = optimiser.step(0.1, 1, 0, 1, Lanes.ONE);

        assertThat(norm).as("without the frozen").isCloseTo(2, within(1e-9));
        assertThat(weights.values()).containsExactly(new float[] {1, 1, 0.95f, 0.95f, 0.8f, 0.8f}, within(1e-6f));
        assertThat(optimiser.states().stream().map(Optimiser.State::name))
                .containsExactly("momentum_buffer.b", "momentum_buffer.c");
    }

    @Test
    void findsTheSameWeightsOnAnyNumberOfThreads() {
        assertThat(large(3)).containsExactly(large(1));
    }

    private static float[] large(int threads) {
        Weights weights = new Weights.Layout().add("a", 300_001).add("b", 7).allocate();
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < weights.gradient().length; i++) {
            weights.gradient()[i] = (float) random.nextGaussian();
        }
        Optimiser optimiser = new Optimiser(new UpdateRule.Adam(0.9, 0.999, 1e-8, true), weights);
        try (Lanes lanes = new Lanes(threads)) {
            optimiser.step(0.1, 0.1, 1, 0.5, lanes);
            optimiser.step(0.1, 0.1, 1, 0.5, lanes);
        }
        return weights.values();
    }

    private static void golden(UpdateRule rule, float... expected) {
        Weights weights = new Weights.Layout().add("w", 4).allocate();
        float[] w = weights.values();
        System.arraycopy(new float[] {0.5f, -1, 2, 0}, 0, w, 0, 4);
        Optimiser optimiser = new Optimiser(rule, weights);
        for (int k = 0; k < 4; k++) {
            for (int i = 0; i < 4; i++) {
                weights.gradient()[i] = (float) (w[i] * (i + 1) / 2 + Math.cos(k + i));
            }
            optimiser.step(0.05, 0.1, 0, 1, Lanes.ONE);
        }
        assertThat(w).as(rule.toString()).containsExactly(expected, within(1e-6f));
        assertThat(optimiser.states()).hasSameSizeAs(List.copyOf(rule.states()));
    }
}
