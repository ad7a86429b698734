package dev.sampan.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import dev.sampan.compute.NativeWeights;
import dev.sampan.compute.Pass;
import dev.sampan.compute.Scope;
import dev.sampan.compute.Tensors;
import dev.sampan.compute.Torch;
import dev.sampan.compute.Weights;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MlpClassifierTests {
    private final MlpClassifier network =
            new MlpClassifier(new MlpClassifier.Shape(3, List.of(8, 5), 0.4, List.of("a", "b", "c", "d")), 7);

    @BeforeAll
    static void oneThread() {
        Torch.useOneThreadPerCall();
    }

    @Test
    void answersThroughOnnxAsThroughTorch() throws OrtException {
        float[] answers = Parity.check(network, "logits", () -> Map.of(MlpClassifier.FEATURES, features()));

        assertThat(answers).hasSize(8);
        assertThat(answers[0]).as("two different rows").isNotEqualTo(answers[4]);
    }

    @Test
    void namesItsWeightsAsPyTorchWould() {
        assertThat(network.weights().slots().stream().map(Weights.Slot::name))
                .containsExactly(
                        "hidden.0.weight",
                        "hidden.0.bias",
                        "hidden.1.weight",
                        "hidden.1.bias",
                        "classifier.weight",
                        "classifier.bias");
    }

    @Test
    void dropsOnlyWhileLearningAndAsItsRandomnessSays() {
        try (NativeWeights weights = new NativeWeights(network.weights());
                Scope _ = Scope.inference()) {
            NativeWeights.Leaves leaves = weights.leaves();

            assertThat(logits(leaves, 1)).isEqualTo(logits(leaves, 1)).isNotEqualTo(logits(leaves, 2));
            assertThat(logits(leaves, null)).isEqualTo(logits(leaves, null)).isNotEqualTo(logits(leaves, 1));
        }
    }

    private float[] logits(NativeWeights.Leaves leaves, @org.jspecify.annotations.Nullable Integer seed) {
        Pass pass = new Pass(leaves, leaves, seed == null ? null : new SplittableRandom(seed));
        return Tensors.floats(network.forward(pass, Map.of(MlpClassifier.FEATURES, features())));
    }

    private static Tensor features() {
        return Tensors.floats(new float[] {0.5f, -1, 2, 3, 0.1f, -0.7f}, 2, 3);
    }
}
