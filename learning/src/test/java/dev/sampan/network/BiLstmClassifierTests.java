package dev.sampan.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import dev.sampan.compute.Tensors;
import dev.sampan.compute.Torch;
import dev.sampan.compute.Weights;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;
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
        Supplier<Map<String, Tensor>> batch = batch(text(9, 1), text(1, 2), text(20, 3), text(4, 4));

        float[] answers = Parity.check(new BiLstmClassifier(CONFIG, 5), "logits", batch);

        assertThat(distinct(answers)).as("answers differ at all").isGreaterThan(6);
    }

    @Test
    void answersAloneAsInCompanyOfLongerTexts() {
        try (Taught learner = new Taught(new BiLstmClassifier(CONFIG, 5))) {
            float[] together = learner.logits(batch(text(3, 1), text(17, 2)));

            assertThat(learner.logits(batch(text(3, 1)))).containsExactly(Arrays.copyOf(together, 3), within(1e-6f));
        }
    }

    @Test
    void findsTheGradientThatFiniteDifferencesFind() {
        Supplier<Map<String, Tensor>> batch = batch(text(6, 1), text(2, 2), text(4, 3));
        long[] labels = {0, 2, 1};
        BiLstmClassifier network = new BiLstmClassifier(CONFIG, 11);
        try (Taught learner = new Taught(network)) {
            learner.learn(batch, labels, 1.0 / 3, 1);
            learner.sumGradients();
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
        long[] labels = {0, 2, 1, 1};
        int[][] texts = {text(6, 1), text(2, 2), text(4, 3), text(9, 4)};
        try (Taught whole = new Taught(new BiLstmClassifier(CONFIG, 3));
                Taught parts = new Taught(new BiLstmClassifier(CONFIG, 3))) {
            whole.learn(batch(texts), labels, 0.25, 1);
            for (int i = 0; i < 4; i++) {
                parts.learn(batch(texts[i]), new long[] {labels[i]}, 0.25, 1);
            }

            assertThat(parts.sumGradients()).containsExactly(whole.sumGradients(), within(1e-6f));
        }
    }

    @Test
    void forgetsTheGradientOfTheBatchBefore() {
        try (Taught learner = new Taught(new BiLstmClassifier(CONFIG, 3))) {
            learner.learn(batch(text(5, 9)), new long[] {1}, 1, 1);
            float[] first = learner.sumGradients().clone();
            learner.learn(batch(text(8, 2)), new long[] {0}, 1, 1);
            learner.sumGradients();
            learner.learn(batch(text(5, 9)), new long[] {1}, 1, 1);

            assertThat(learner.sumGradients()).containsExactly(first);
        }
    }

    @Test
    void dropsActivationsOnlyWhileLearning() {
        BiLstmConfig dropping = new BiLstmConfig(50, 7, 5, 6, 0.5, 20, List.of("a", "b", "c"));
        Supplier<Map<String, Tensor>> batch = batch(text(6, 1));
        try (Taught learner = new Taught(new BiLstmClassifier(dropping, 3))) {
            double one = learner.learn(batch, new long[] {1}, 1, 1);

            assertThat(learner.learn(batch, new long[] {1}, 1, 1)).isEqualTo(one);
            assertThat(learner.learn(batch, new long[] {1}, 1, 2)).isNotEqualTo(one);
            assertThat(learner.logits(batch)).containsExactly(learner.logits(batch));
        }
    }

    @Test
    void namesItsWeightsAsTheSameNetworkInPyTorchDoes() {
        assertThat(new BiLstmClassifier(CONFIG, 3).weights().slots().stream().map(Weights.Slot::name))
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

    private static double differences(
            Network network, Taught learner, Supplier<Map<String, Tensor>> batch, long[] labels, int at) {
        float[] values = network.weights().values();
        float before = values[at];
        float step = 1e-2f;
        values[at] = before + step;
        learner.refresh();
        double up = learner.learn(batch, labels, 1.0 / 3, 1) / 3;
        values[at] = before - step;
        learner.refresh();
        double down = learner.learn(batch, labels, 1.0 / 3, 1) / 3;
        values[at] = before;
        learner.refresh();
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

    private static Supplier<Map<String, Tensor>> batch(int[]... texts) {
        int time = Arrays.stream(texts).mapToInt(text -> text.length).max().orElseThrow();
        long[] ids = new long[texts.length * time];
        long[] mask = new long[ids.length];
        for (int row = 0; row < texts.length; row++) {
            for (int t = 0; t < texts[row].length; t++) {
                ids[row * time + t] = texts[row][t];
                mask[row * time + t] = 1;
            }
        }
        return () -> Map.of(
                "input_ids",
                Tensors.longs(ids, texts.length, time),
                "attention_mask",
                Tensors.longs(mask, texts.length, time));
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
