package dev.sampan.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.sampan.model.ModelPackage;
import dev.sampan.model.PackageDraft;
import dev.sampan.model.onnx.ElementType;
import dev.sampan.model.onnx.OnnxGraph;
import dev.sampan.testing.ModelFixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OnnxRuntimeTests extends RuntimeContract {
    private static final Path STATUS = Path.of("/proc/self/status");

    @Override
    protected Runtime open(ModelPackage model, int batchMax) {
        return Runtimes.open(model, 1, batchMax);
    }

    @Test
    void holdsNoMoreMemoryAfterThousandsOfCalls() throws IOException {
        assumeThat(STATUS).exists();
        List<String> labels =
                IntStream.range(0, 100).mapToObj(i -> "label" + (100 + i)).toList();
        List<Map<String, String>> inputs = IntStream.range(0, 64)
                .mapToObj(i -> Map.of(ModelFixtures.COLUMN, "money back ".repeat(1 + i % 4)))
                .toList();
        try (Runtime runtime =
                open(ModelFixtures.aTinyPackage(folder.resolve("wide"), labels, ModelFixtures.WORDS), 64)) {
            calls(runtime, inputs, 1_000);
            long before = residentKilobytes();
            calls(runtime, inputs, 2_000);

            // With answers and inputs left open the same calls took 195 MB; what is left is the Java heap growing.
            assertThat(residentKilobytes() - before).isLessThan(100_000);
        }
    }

    @Test
    void runsInputsOneAtATimeWhereTheGraphMixesRows() {
        ModelPackage mixing = aPackageThatMixesRows();
        List<Map<String, String>> inputs = List.of(
                Map.of(ModelFixtures.COLUMN, "x money"),
                Map.of(ModelFixtures.COLUMN, "parcel parcel"),
                Map.of(ModelFixtures.COLUMN, "x y z invoice"));

        assertThat(mixing.mixesRows()).isTrue();
        assertThat(ModelPackage.open(folder.resolve("tiny")).mixesRows()).isFalse();
        try (Runtime runtime = open(mixing, 32)) {
            List<Prediction> together = runtime.predict(inputs);
            for (int i = 0; i < inputs.size(); i++) {
                assertThat(together.get(i).category().scores())
                        .containsExactly(runtime.predict(List.of(inputs.get(i)))
                                .getFirst()
                                .category()
                                .scores());
            }
        }
    }

    /// Its logits go through eight bits with a scale of the whole batch.
    private ModelPackage aPackageThatMixesRows() {
        ModelPackage tiny = ModelFixtures.aTinyPackage(folder.resolve("tiny"));
        int labels = ModelFixtures.LABELS.size();
        OnnxGraph graph = new OnnxGraph("mixing");
        String ids = graph.input("input_ids", ElementType.INT64, "batch", "sequence");
        String mask = graph.input("attention_mask", ElementType.INT64, "batch", "sequence");
        float[] votes = new float[(ModelFixtures.WORDS.size() + 2) * labels];
        for (int i = 0; i < votes.length; i++) {
            votes[i] = i / 7f;
        }
        ModelProto inner = ModelFixtures.aTinyGraph(labels, votes).toModel();
        String logits = graph.merge(inner, "inner.", Map.of("input_ids", ids, "attention_mask", mask))
                .getFirst();
        graph.node("DynamicQuantizeLinear", List.of(logits), List.of("q", "scale", "zero"));
        graph.node("DequantizeLinear", List.of("q", "scale", "zero"), List.of("logits"));
        graph.node("Softmax", List.of("logits"), List.of("probabilities"));
        graph.output("logits", ElementType.FLOAT, "batch", Integer.toString(labels));
        graph.output("probabilities", ElementType.FLOAT, "batch", Integer.toString(labels));
        try (PackageDraft draft = PackageDraft.copyOf(tiny, folder.resolve("mixing"), false)) {
            draft.write("model.onnx", graph.toModel().toByteArray());
            return draft.commit(tiny.manifest());
        }
    }

    private static void calls(Runtime runtime, List<Map<String, String>> inputs, int count) {
        for (int i = 0; i < count; i++) {
            runtime.predict(inputs);
        }
        System.gc();
    }

    private static long residentKilobytes() throws IOException {
        return Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith("RssAnon:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }
}
