package dev.sampan.network.families;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.sampan.compute.NativeWeights;
import dev.sampan.compute.Pass;
import dev.sampan.compute.Scope;
import dev.sampan.compute.Tensors;
import dev.sampan.compute.Torch;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.ProblemException;
import dev.sampan.model.Encoder;
import dev.sampan.network.Parity;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class ClassifierTests {
    private static final Path BERT = Path.of("src/test/resources/golden/tiny-bert");
    private static final List<String> LABELS = List.of("dear", "cheap", "neither", "both");
    private static final long[][] IDS = {{101, 7592, 2088, 102, 0, 0}, {101, 2054, 2003, 1996, 3449, 102}};
    private static final long[][] MASK = {{1, 1, 1, 1, 0, 0}, {1, 1, 1, 1, 1, 1}};

    @TempDir
    private Path scratch = Path.of("");

    @BeforeAll
    static void oneThread() {
        Torch.useOneThreadPerCall();
    }

    private static long[] flat(long[][] rows) {
        return List.of(rows).stream().flatMapToLong(Arrays::stream).toArray();
    }

    @Test
    void readsTheBundledEncoderSoThatItsStatesAreThoseOfItsGraph() throws OrtException {
        Encoder encoder = Encoder.named("all-MiniLM-L6-v2");
        PretrainedNetwork network = PretrainedNetwork.classifier(encoder, LABELS, 1);
        float[] states;
        try (NativeWeights onDevice = new NativeWeights(network.weights());
                Scope _ = Scope.inference()) {
            NativeWeights.Leaves leaves = onDevice.leaves();
            Map<String, Tensor> outputs = network.outputs(
                    new Pass(leaves, leaves, null),
                    Map.of(
                            "input_ids", Tensors.longs(flat(IDS), 2, 6),
                            "attention_mask", Tensors.longs(flat(MASK), 2, 6)));
            states = Tensors.floats(Objects.requireNonNull(outputs.get("last_hidden_state")));
        }
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        long[] shape = {2, 6};
        try (OrtSession session = environment.createSession(encoder.onnx());
                OnnxTensor ids = OnnxTensor.createTensor(environment, LongBuffer.wrap(flat(IDS)), shape);
                OnnxTensor mask = OnnxTensor.createTensor(environment, LongBuffer.wrap(flat(MASK)), shape);
                OnnxTensor types = OnnxTensor.createTensor(environment, LongBuffer.wrap(new long[12]), shape);
                OrtSession.Result result =
                        session.run(Map.of("input_ids", ids, "attention_mask", mask, "token_type_ids", types))) {
            FloatBuffer expected = ((OnnxTensor) result.get(0)).getFloatBuffer();
            float[] values = new float[expected.remaining()];
            expected.get(values);
            assertThat(states).containsExactly(values, within(1e-4f));
        }
    }

    @Test
    void answersTheSameInItsGraphAsInLearning() throws OrtException {
        PretrainedNetwork network = PretrainedNetwork.classifier(Encoder.named("all-MiniLM-L6-v2"), LABELS, 1);
        Parity.check(
                network,
                "logits",
                () -> Map.of(
                        "input_ids", Tensors.longs(flat(IDS), 2, 6),
                        "attention_mask", Tensors.longs(flat(MASK), 2, 6)));
    }

    @Test
    void putsANewHeadOnAFolderAndKeepsAllElse() throws IOException {
        PretrainedNetwork old = PretrainedNetwork.read(BERT);
        PretrainedNetwork made = PretrainedNetwork.classifier(BERT, LABELS, 7);
        float[] before = old.weights().values();
        assertThat(made.weights().values())
                .startsWith(Arrays.copyOf(
                        before, old.weights().slot("classifier.weight").offset()));
        assertThat(made.weights().slot("classifier.weight").shape()).containsExactly(4, 12);
        made.write(scratch.resolve("written"));
        ObjectNode config = Json.read(Files.readString(scratch.resolve("written/config.json")), ObjectNode.class);
        assertThat(config.path("architectures").get(0).stringValue()).isEqualTo("BertForSequenceClassification");
        assertThat(config.path("id2label").path("3").stringValue()).isEqualTo("both");
        assertThat(PretrainedNetwork.read(scratch.resolve("written")).weights().values())
                .containsExactly(made.weights().values());
    }

    @Test
    void poolsAsSentenceTransformersSays() throws IOException, OrtException {
        for (String mode : List.of("cls", "mean")) {
            Path folder = Files.createDirectories(scratch.resolve(mode).resolve("1_Pooling"));
            Files.copy(BERT.resolve("config.json"), scratch.resolve(mode).resolve("config.json"));
            Files.copy(BERT.resolve("model.safetensors"), scratch.resolve(mode).resolve("model.safetensors"));
            Files.writeString(
                    folder.resolve("config.json"), Json.write(Map.of("pooling_mode_cls_token", mode.equals("cls"))));
            PretrainedNetwork network = PretrainedNetwork.classifier(scratch.resolve(mode), LABELS, 7);
            assertThat(network.config()).containsKey("pooling");
            Parity.check(
                    network,
                    "logits",
                    () -> Map.of(
                            "input_ids", Tensors.longs(new long[] {3, 4, 5, 6, 7, 0}, 2, 3),
                            "attention_mask", Tensors.longs(new long[] {1, 1, 1, 1, 1, 0}, 2, 3)));
        }
    }

    @Test
    void refusesToTeachWholeNumbers() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> PretrainedNetwork.classifier(Encoder.named("bge-small-zh-v1.5"), LABELS, 1))
                .withMessageContaining("INT8");
    }

    @Test
    void refusesAFolderThatIsNoEncoder() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> PretrainedNetwork.classifier(BERT.resolveSibling("tiny-t5"), LABELS, 1))
                .satisfies(e -> assertThat(e.problems().getFirst().code()).isEqualTo("model.no_encoder"));
    }
}
