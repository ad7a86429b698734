package dev.sampan.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import dev.sampan.compute.Tensors;
import dev.sampan.network.layers.Recurrent.Kind;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Training's forward against the graph that is served, with padding, with one row, with one token.
class TextNetworksTests {
    private static final List<String> LABELS = List.of("a", "b", "c");
    private static final long[][] TEXTS = {{2, 3, 4, 5, 6}, {7}, {8, 9, 2}};

    @ParameterizedTest
    @CsvSource({
        "RNN, false, false",
        "LSTM, false, true",
        "GRU, false, false",
        "RNN, true, true",
        "LSTM, true, true",
        "GRU, true, true",
        "LSTM, true, false"
    })
    void recurrentLayersAnswerAlike(Kind kind, boolean both, boolean attention) throws OrtException {
        var network = new RecurrentClassifier(
                new RecurrentClassifier.Shape(kind, both, attention, 10, 6, 5, 4, 0.3, 16, LABELS), 7);

        answersAlikeInAnyCompany(network, "logits");
    }

    @Test
    void aTextCnnAnswersAlike() throws OrtException {
        answersAlikeInAnyCompany(
                new TextCnn(new TextCnn.Shape(10, 6, List.of(2, 3, 4), 5, 0.3, 16, LABELS), 7), "logits");
    }

    @Test
    void aTaggerAnswersAlike() throws OrtException {
        List<Tagger.Stream> streams =
                List.of(new Tagger.Stream("input_ids", 10, 6), new Tagger.Stream("pair_ids", 10, 3));
        Tagger network = new Tagger(
                new Tagger.Shape(streams, List.of("word_ids"), 5, 0.3, List.of("O", "B-x", "I-x"), true, 16), 7);

        float[] together = Parity.check(network, "logits", () -> inputs(TEXTS));
        float[] alone = Parity.check(network, "logits", () -> inputs(TEXTS[2]));

        assertThat(Arrays.copyOfRange(together, 2 * 5 * 3, 2 * 5 * 3 + 9)).containsExactly(alone, within(1e-5f));
        assertThat(network.transitions()).hasSize(25).containsOnly(0f);
    }

    private static void answersAlikeInAnyCompany(Network network, String output) throws OrtException {
        float[] together = Parity.check(network, output, () -> inputs(TEXTS));
        for (int row = 0; row < TEXTS.length; row++) {
            long[] text = TEXTS[row];
            float[] alone = Parity.check(network, output, () -> inputs(text));
            assertThat(Arrays.copyOfRange(together, row * 3, row * 3 + 3)).containsExactly(alone, within(1e-5f));
        }
    }

    private static Map<String, Tensor> inputs(long[]... texts) {
        int time = Arrays.stream(texts).mapToInt(text -> text.length).max().orElse(0);
        long[] ids = new long[texts.length * time];
        long[] mask = new long[ids.length];
        for (int row = 0; row < texts.length; row++) {
            for (int t = 0; t < texts[row].length; t++) {
                ids[row * time + t] = texts[row][t];
                mask[row * time + t] = 1;
            }
        }
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        for (String name : List.of("input_ids", "pair_ids", "word_ids")) {
            inputs.put(name, Tensors.longs(ids, texts.length, time));
        }
        inputs.put("attention_mask", Tensors.longs(mask, texts.length, time));
        return inputs;
    }
}
