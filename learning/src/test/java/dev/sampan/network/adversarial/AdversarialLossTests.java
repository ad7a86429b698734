package dev.sampan.network.adversarial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sampan.compute.NativeWeights;
import dev.sampan.compute.Pass;
import dev.sampan.compute.Scope;
import dev.sampan.compute.Tensors;
import dev.sampan.compute.Weights;
import dev.sampan.network.adversarial.AdversarialLoss.Kind;
import dev.sampan.network.adversarial.AdversarialLoss.Shown;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Losses and gradients of a small critic against those of PyTorch 2.x in Python:
/// `torch.autograd.grad(D(x).sum(), x, create_graph=True)`, then `loss.backward()`, with the same weights, rows
/// and ε.
class AdversarialLossTests {
    private static final float[] REAL = {0.5f, -1, 1.5f, 0.25f, -0.75f, 2, 0.1f, 0.3f};
    private static final float[] MADE = {-0.2f, 0.4f, 0.6f, -0.9f, 1.1f, 1.2f, -1.3f, -0.5f};
    private static final float[] LABELS = {1, 0, 0, 1, 0, 1, 1, 0};

    /// @param generator the other side's loss
    /// @param gradient by the critic's weights, in their order
    private record Golden(int pac, AdversarialLoss loss, double critic, double generator, String gradient) {
        float[] byWeights() {
            String[] written = gradient.strip().split("\\s+");
            float[] values = new float[written.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = Float.parseFloat(written[i]);
            }
            return values;
        }

        @Override
        public String toString() {
            return loss.kind() + ", packs of " + pac;
        }
    }

    private static List<Golden> goldens() {
        return List.of(
                new Golden(1, new AdversarialLoss(Kind.WGAN_GP, 10), 22.839386, -1.198560, """
                        22.51750 -8.57333 0 -0.56 -3.70972 2.11381 0.32 0 23.39815 -22.62553 0 -0.72
                        -0.56 0.32 -0.72 -9.68236 2.49320 -7.78086 0
                        """),
                new Golden(1, new AdversarialLoss(Kind.NON_SATURATING, 1), 5.875830, 2.238439, """
                        -1.29785 0.06213 0.21960 -0.12961 0.31383 -0.22122 0.12975 -0.02182 -0.60570 0.28541 0.05647
                        -0.11561 0.08999 0.10794 -0.05914 0.67430 -0.20874 0.10785 0.58643
                        """),
                new Golden(1, new AdversarialLoss(Kind.HINGE, 2), 8.335363, -1.198560, """
                        -2.14945 -0.41658 0 -0.56 0.59222 -0.38096 0.32 0 -1.01945 -0.28188 0 -0.72
                        -0.56 0.32 -0.72 0.88919 -0.29424 -0.05645 0
                        """),
                new Golden(2, new AdversarialLoss(Kind.WGAN_GP, 10), 9.812252, -0.624840, """
                        9.36463 -3.16257 0 -0.56 -3.92209 2.11313 -0.56 0
                        -1.45079 0.49841 0.32 0 0.47413 -0.09062 0 0.32
                        10.24545 -8.42242 0 0 5.04998 -0.62956 0 0
                        -0.56 0.32 0 -5.89638 0.72225 -4.43917 0
                        """),
                new Golden(2, new AdversarialLoss(Kind.NON_SATURATING, 1), 2.979831, 1.099098, """
                        -0.42250 0.36236 0.06140 -0.15526 -0.35311 -0.74413 -0.15526 0.06140
                        0.17891 -0.28719 0.15448 -0.01825 0.28946 0.20524 -0.01825 0.15448
                        0.37052 0.32540 0.01579 0.20533 -0.78114 -0.54540 0.20533 0.01579
                        -0.09386 0.13623 0.22112 0.15807 -0.44409 0.15568 0.31586
                        """));
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void lossesAndTheGradientThroughThePenaltyAreThoseOfPyTorch(Golden golden) {
        TableShape shape = new TableShape(List.of(new TableShape.Block(2, false)), List.of(3), 2);
        TableCritic critic = new TableCritic(shape, golden.pac, 1);
        set(critic.weights(), golden.pac);
        try (NativeWeights weights = new NativeWeights(critic.weights());
                NativeWeights none = new NativeWeights(Weights.NONE)) {
            NativeWeights.Leaves leaves = weights.leaves();
            Pass pass = new Pass(leaves, none.leaves(), new SplittableRandom(1));
            try (Scope _ = Scope.recording()) {
                Tensor loss = golden.loss.critic(critic, pass, shown(golden.pac));
                loss.backward();
                leaves.keepGradient();
                assertThat(loss.item_double()).isCloseTo(golden.critic, within(1e-4));
            }
            weights.sumGradients();
            assertThat(critic.weights().gradient()).containsExactly(golden.byWeights(), within(1e-4f));
            try (Scope _ = Scope.inference()) {
                Tensor score = critic.forward(pass, Tensors.floats(MADE, 4, 2), Tensors.floats(LABELS, 4, 2));
                assertThat(golden.loss.generator(score).item_double()).isCloseTo(golden.generator, within(1e-4));
            }
        }
    }

    private static Shown shown(int pac) {
        float[] mix = pac == 1 ? new float[] {0.2f, 0.7f, 0.4f, 0.9f} : new float[] {0.2f, 0.2f, 0.4f, 0.4f};
        return new Shown(
                Tensors.floats(REAL, 4, 2),
                Tensors.floats(MADE, 4, 2),
                Tensors.floats(LABELS, 4, 2),
                Tensors.floats(mix, 4, 1));
    }

    /// W₁ᵢⱼ = 0.06 ((7i + 5j) mod 11 − 5), b₁, W₂, b₂.
    private static void set(Weights weights, int pac) {
        int width = 4 * pac;
        float[] values = weights.values();
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < width; j++) {
                values[i * width + j] = 0.06f * ((i * 7 + j * 5) % 11 - 5);
            }
        }
        float[] rest = {0.1f, -0.2f, 0.05f, 0.7f, -0.4f, 0.9f, 0.02f};
        System.arraycopy(rest, 0, values, 3 * width, rest.length);
    }
}
