package dev.sampan.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.sampan.compute.Torch;
import dev.sampan.compute.Weights;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BiLstmClassifierTests {
    private static final BiLstmConfig CONFIG = new BiLstmConfig(50, 7, 5, 6, 0, 20, List.of("a", "b", "c"));

    @BeforeAll
    static void oneThread() {
        Torch.useOneThreadPerCall();
    }

    @Test
    void answersThroughOnnxAsItLearntThroughTorchForTextsOfUnevenLength() throws OrtException {
        Sequences batch = Sequences.of(text(9, 1), text(1, 2), text(20, 3), text(4, 4));
        try (BiLstmClassifier network = new BiLstmClassifier(CONFIG, 5)) {
            float[] expected = network.learner().logits(batch);

            assertThat(onnxLogits(network, batch)).containsExactly(expected, within(1e-4f));
            assertThat(distinct(expected)).as("answers differ at all").isGreaterThan(6);
        }
    }

    @Test
    void answersAloneAsInCompanyOfLongerTexts() {
        try (BiLstmClassifier network = new BiLstmClassifier(CONFIG, 5)) {
            Learner learner = network.learner();
            float[] together = learner.logits(Sequences.of(text(3, 1), text(17, 2)));

            assertThat(learner.logits(Sequences.of(text(3, 1))))
                    .containsExactly(Arrays.copyOf(together, 3), within(1e-6f));
        }
    }

    @Test
    void findsTheGradientThatFiniteDifferencesFind() {
        Sequences batch = Sequences.of(text(6, 1), text(2, 2), text(4, 3));
        int[] labels = {0, 2, 1};
        try (BiLstmClassifier network = new BiLstmClassifier(CONFIG, 11)) {
            Learner learner = network.learner();
            learner.learn(batch, labels, 1.0 / 3, new SplittableRandom(1));
            network.sumGradients();
            Weights weights = network.weights();
            for (Weights.Slot slot : weights.slots()) {
                int at = steepest(weights.gradient(), slot);
                assertThat(differences(network, learner, batch, labels, at))
                        .as(slot.name())
                        .isCloseTo(weights.gradient()[at], within(2e-3));
            }
        }
    }

    @Test
    void addsPartsOfABatchUpToTheGradientOfTheWhole() {
        int[] labels = {0, 2, 1, 1};
        int[][] texts = {text(6, 1), text(2, 2), text(4, 3), text(9, 4)};
        try (BiLstmClassifier whole = new BiLstmClassifier(CONFIG, 3);
                BiLstmClassifier parts = new BiLstmClassifier(CONFIG, 3)) {
            whole.learner().learn(Sequences.of(texts), labels, 0.25, new SplittableRandom(1));
            whole.sumGradients();
            for (int i = 0; i < 4; i++) {
                parts.learner().learn(Sequences.of(texts[i]), new int[] {labels[i]}, 0.25, new SplittableRandom(1));
            }
            parts.sumGradients();

            assertThat(parts.weights().gradient())
                    .containsExactly(whole.weights().gradient(), within(1e-6f));
        }
    }

    @Test
    void forgetsTheGradientOfTheBatchBefore() {
        try (BiLstmClassifier network = new BiLstmClassifier(CONFIG, 3)) {
            Learner learner = network.learner();
            learner.learn(Sequences.of(text(5, 9)), new int[] {1}, 1, new SplittableRandom(1));
            network.sumGradients();
            float[] first = network.weights().gradient().clone();
            learner.learn(Sequences.of(text(8, 2)), new int[] {0}, 1, new SplittableRandom(1));
            network.sumGradients();
            learner.learn(Sequences.of(text(5, 9)), new int[] {1}, 1, new SplittableRandom(1));
            network.sumGradients();

            assertThat(network.weights().gradient()).containsExactly(first);
        }
    }

    @Test
    void dropsActivationsOnlyWhileLearning() {
        BiLstmConfig dropping = new BiLstmConfig(50, 7, 5, 6, 0.5, 20, List.of("a", "b", "c"));
        Sequences batch = Sequences.of(text(6, 1));
        try (BiLstmClassifier network = new BiLstmClassifier(dropping, 3)) {
            Learner learner = network.learner();
            double one = learner.learn(batch, new int[] {1}, 1, new SplittableRandom(1));

            assertThat(learner.learn(batch, new int[] {1}, 1, new SplittableRandom(1)))
                    .isEqualTo(one);
            assertThat(learner.learn(batch, new int[] {1}, 1, new SplittableRandom(2)))
                    .isNotEqualTo(one);
            assertThat(learner.logits(batch)).containsExactly(learner.logits(batch));
        }
    }

    @Test
    void namesItsWeightsAsTheSameNetworkInPyTorchDoes() {
        try (BiLstmClassifier network = new BiLstmClassifier(CONFIG, 3)) {
            assertThat(network.weights().slots().stream().map(Weights.Slot::name))
                    .containsExactly(
                            "embedding.weight",
                            "lstm.weight_ih_l0",
                            "lstm.weight_hh_l0",
                            "lstm.bias_ih_l0",
                            "lstm.bias_hh_l0",
                            "lstm.weight_ih_l0_reverse",
                            "lstm.weight_hh_l0_reverse",
                            "lstm.bias_ih_l0_reverse",
                            "lstm.bias_hh_l0_reverse",
                            "dense.weight",
                            "dense.bias",
                            "classifier.weight",
                            "classifier.bias");
        }
    }

    private static double differences(
            BiLstmClassifier network, Learner learner, Sequences batch, int[] labels, int at) {
        float[] values = network.weights().values();
        float before = values[at];
        float step = 1e-2f;
        values[at] = before + step;
        network.refresh();
        double up = learner.learn(batch, labels, 1.0 / 3, new SplittableRandom(1)) / 3;
        values[at] = before - step;
        network.refresh();
        double down = learner.learn(batch, labels, 1.0 / 3, new SplittableRandom(1)) / 3;
        values[at] = before;
        network.refresh();
        return (up - down) / (2 * step);
    }

    private static int steepest(float[] gradient, Weights.Slot slot) {
        int best = slot.offset();
        for (int i = slot.offset(); i < slot.end(); i++) {
            if (Math.abs(gradient[i]) > Math.abs(gradient[best])) {
                best = i;
            }
        }
        assertThat(gradient[best]).as(slot.name()).isNotZero();
        return best;
    }

    private static float[] onnxLogits(BiLstmClassifier network, Sequences batch) throws OrtException {
        int rows = batch.rows();
        long[][] ids = new long[rows][batch.time()];
        long[][] mask = new long[rows][batch.time()];
        for (int row = 0; row < rows; row++) {
            for (int t = 0; t < batch.lengths()[row]; t++) {
                ids[row][t] = batch.ids()[t * rows + row];
                mask[row][t] = 1;
            }
        }
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(network.onnx().toByteArray());
                OnnxTensor idTensor = OnnxTensor.createTensor(environment, ids);
                OnnxTensor maskTensor = OnnxTensor.createTensor(environment, mask);
                OrtSession.Result result = session.run(Map.of("input_ids", idTensor, "attention_mask", maskTensor))) {
            float[][] logits = (float[][]) result.get("logits").orElseThrow().getValue();
            float[] flat = new float[rows * logits[0].length];
            for (int i = 0; i < flat.length; i++) {
                flat[i] = logits[i / logits[0].length][i % logits[0].length];
            }
            return flat;
        }
    }

    private static long distinct(float[] values) {
        return Arrays.stream(box(values)).distinct().count();
    }

    private static Float[] box(float[] values) {
        Float[] boxed = new Float[values.length];
        Arrays.setAll(boxed, i -> values[i]);
        return boxed;
    }

    private static int[] text(int length, long seed) {
        return new SplittableRandom(seed).ints(length, 1, 50).toArray();
    }
}
