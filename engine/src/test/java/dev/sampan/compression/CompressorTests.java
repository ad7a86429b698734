package dev.sampan.compression;

import static dev.sampan.model.onnx.Attributes.attribute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.sampan.compression.Compressor.Compressed;
import dev.sampan.compression.Receipt.Outcome;
import dev.sampan.data.Provenance;
import dev.sampan.data.Row;
import dev.sampan.data.RowReader;
import dev.sampan.data.TokenFeatures;
import dev.sampan.evaluation.Report;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Progress;
import dev.sampan.kernel.Sha256;
import dev.sampan.model.Manifest;
import dev.sampan.model.ModelPackage;
import dev.sampan.model.PackageDraft;
import dev.sampan.model.onnx.ElementType;
import dev.sampan.model.onnx.OnnxGraph;
import dev.sampan.runtime.Runtime;
import dev.sampan.runtime.Runtimes;
import dev.sampan.spec.CompressStep;
import dev.sampan.spec.CompressStep.Quantize;
import dev.sampan.spec.ModelSpec;
import dev.sampan.testing.GeneratorFixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whole packages: a bag-of-vectors model of three classes whose words have their own directions.
class CompressorTests {
    private static final List<String> LABELS = List.of("card", "refund", "transfer");
    private static final int WORDS = 300;
    private static final int WIDTH = 64;
    private static final List<CompressStep> PER_CHANNEL = List.of(new Quantize(true, 0.01));

    @TempDir
    private Path folder;

    @Test
    void makesASmallerPackageWithAReceiptAndAFreshReport() throws IOException {
        ModelPackage model = aPackage("model", false);
        Compressed made =
                Compressor.compress(model, heldOut(120), PER_CHANNEL, folder.resolve("small"), false, Progress.NONE);

        Receipt receipt = made.receipts().getFirst();
        assertThat(receipt.outcome()).as(receipt.sentence()).isEqualTo(Outcome.SMALLER);
        assertThat(receipt.after().modelBytes())
                .isEqualTo(Files.size(made.model().onnx()));
        assertThat(receipt.before().modelBytes()).isEqualTo(Files.size(model.onnx()));
        assertThat(receipt.before().modelBytes()).isGreaterThan(receipt.after().modelBytes() * 7 / 2);
        ModelPackage opened = ModelPackage.open(folder.resolve("small"));
        assertThat(opened.version()).isEqualTo(made.model().version());
        Map<String, Object> results = opened.manifest().results();
        Report report = Json.MAPPER.convertValue(results.get("report"), Report.class);
        assertThat(report.metrics()).isEqualTo(receipt.after().metrics());
        assertThat((List<?>) results.get("receipts"))
                .singleElement()
                .satisfies(tree -> assertThat(Json.MAPPER.convertValue(tree, Receipt.class))
                        .isEqualTo(receipt));
        assertThat(opened.mixesRows()).isFalse();
        try (Runtime runtime = Runtimes.open(opened, 1, 8)) {
            assertThat(runtime.predict(List.of(Map.of("text", "w0 w3 w6")))
                            .getFirst()
                            .category()
                            .label())
                    .isEqualTo("card");
        }
    }

    @Test
    void anAlreadySmallModelHasNothingToGainAndKeepsItsReceipts() throws IOException {
        ModelPackage small = Compressor.compress(
                        aPackage("model", false),
                        heldOut(60),
                        PER_CHANNEL,
                        folder.resolve("small"),
                        false,
                        Progress.NONE)
                .model();
        Compressed again =
                Compressor.compress(small, heldOut(60), PER_CHANNEL, folder.resolve("again"), false, Progress.NONE);
        assertThat(again.receipts().getFirst().outcome()).isEqualTo(Outcome.NOTHING_TO_GAIN);
        assertThat(again.receipts().getFirst().after())
                .isEqualTo(again.receipts().getFirst().before());
        assertThat(Files.mismatch(small.onnx(), again.model().onnx())).isEqualTo(-1);
        assertThat((List<?>) again.model().manifest().results().get("receipts")).hasSize(2);
    }

    @Test
    void aGeneratorIsRefusedInOneSentence() {
        ModelPackage generator = GeneratorFixtures.ofRows(folder.resolve("made"));
        assertThatThrownBy(() -> Compressor.compress(
                        generator, heldOut(3), PER_CHANNEL, folder.resolve("small"), false, Progress.NONE))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("A generator is not made smaller");
        assertThat(folder.resolve("small")).doesNotExist();
    }

    /// One word's huge vector takes the only scale there is, so all others vanish.
    @Test
    void theGateRefusesAModelThatForgotAndLeavesTheGraphAsItWas() throws IOException {
        ModelPackage model = aPackage("model", true);
        Compressed made = Compressor.compress(
                model, heldOut(60), List.of(new Quantize(false, 0.01)), folder.resolve("small"), false, Progress.NONE);
        assertThat(made.receipts().getFirst().outcome()).isEqualTo(Outcome.REFUSED_BY_GATE);
        assertThat(Files.mismatch(model.onnx(), made.model().onnx())).isEqualTo(-1);
        Report report =
                Json.MAPPER.convertValue(made.model().manifest().results().get("report"), Report.class);
        assertThat(report.metrics())
                .isEqualTo(made.receipts().getFirst().before().metrics());
    }

    @Test
    void aCancelledCompressionLeavesNothing() {
        ModelPackage model = aPackage("model", false);
        Progress cancelled = new Progress() {
            @Override
            public void at(String step, long done, long total, String note) {}

            @Override
            public boolean cancelled() {
                return true;
            }
        };
        assertThatThrownBy(() ->
                        Compressor.compress(model, heldOut(60), PER_CHANNEL, folder.resolve("small"), false, cancelled))
                .isInstanceOf(CancellationException.class);
        assertThat(folder.resolve("small")).doesNotExist();
    }

    @Test
    void nothingHeldOutIsAProblemOfTheUsers() {
        ModelPackage model = aPackage("model", false);
        assertThatThrownBy(() -> Compressor.compress(
                        model, heldOut(0), PER_CHANNEL, folder.resolve("small"), false, Progress.NONE))
                .hasMessageContaining("no row");
    }

    private ModelPackage aPackage(String name, boolean withOneHugeWord) {
        List<String> vocabulary =
                IntStream.range(0, WORDS).mapToObj(i -> "w" + i).toList();
        TokenFeatures features =
                new TokenFeatures(List.of("text"), LABELS, List.of(), ModelSpec.Tokenizer.WORDS, vocabulary, 32);
        try (PackageDraft draft = PackageDraft.create(folder.resolve(name), false)) {
            features.write(draft.folder());
            draft.write("model.onnx", graph(withOneHugeWord).toByteArray());
            return draft.commit(new Manifest(
                    "questions",
                    "bilstm",
                    "2026-01-01T00:00:00Z",
                    Map.of(),
                    Sha256.of("rows"),
                    new Provenance(List.of()),
                    Map.of("card", 40L, "refund", 30L, "transfer", 30L),
                    Map.of(),
                    List.of(),
                    Map.of(),
                    Map.of()));
        }
    }

    /// Word i speaks for label i mod 3: its vector is that label's direction with some noise.
    private static ModelProto graph(boolean withOneHugeWord) {
        SplittableRandom random = new SplittableRandom(1);
        float[][] directions = new float[3][WIDTH];
        for (float[] direction : directions) {
            for (int d = 0; d < WIDTH; d++) {
                direction[d] = (float) random.nextDouble(-1, 1);
            }
        }
        float[] table = new float[(WORDS + 2) * WIDTH]; // padding and unknown are zeros
        for (int i = 2 * WIDTH; i < table.length; i++) {
            table[i] = directions[(i / WIDTH - 2) % 3][i % WIDTH] + (float) random.nextDouble(-0.5, 0.5);
        }
        if (withOneHugeWord) {
            table[table.length - 1] = 1e6f;
        }
        float[] head = new float[WIDTH * 3];
        for (int d = 0; d < WIDTH; d++) {
            for (int c = 0; c < 3; c++) {
                head[d * 3 + c] = directions[c][d] / WIDTH;
            }
        }
        OnnxGraph graph = new OnnxGraph("bag of vectors");
        String ids = graph.input("input_ids", ElementType.INT64, "batch", "sequence");
        graph.input("attention_mask", ElementType.INT64, "batch", "sequence");
        String words = graph.floats("words", new long[] {WORDS + 2, WIDTH}, table);
        String vectors = graph.node("Gather", List.of(words, ids), attribute("axis", 0));
        String sum = graph.node(
                "ReduceSum", List.of(vectors, graph.longs("time", new long[] {1}, 1)), attribute("keepdims", 0));
        graph.node("MatMul", List.of(sum, graph.floats("head", new long[] {WIDTH, 3}, head)), List.of("logits"));
        graph.node("Softmax", List.of("logits"), List.of("probabilities"), attribute("axis", -1));
        graph.output("logits", ElementType.FLOAT, "batch", "3");
        graph.output("probabilities", ElementType.FLOAT, "batch", "3");
        return graph.toModel();
    }

    private static HeldOut heldOut(int rows) {
        return new HeldOut(
                "label",
                () -> reader(IntStream.range(0, rows)
                        .mapToObj(i -> new Row("held-out line " + i, List.of(sentence(i), LABELS.get(i % 3))))
                        .iterator()));
    }

    /// Five words, three of them for the label.
    private static String sentence(int row) {
        SplittableRandom random = new SplittableRandom(row);
        Stream<Integer> own = Stream.generate(() -> random.nextInt(WORDS / 3 - 1) * 3 + row % 3)
                .limit(3);
        Stream<Integer> any = Stream.generate(() -> random.nextInt(WORDS - 3)).limit(2);
        return String.join(" ", Stream.concat(own, any).map(i -> "w" + i).toList());
    }

    private static RowReader reader(Iterator<Row> rows) {
        return new RowReader() {
            @Override
            public List<String> columns() {
                return List.of("text", "label");
            }

            @Override
            public @Nullable Row next() {
                return rows.hasNext() ? rows.next() : null;
            }

            @Override
            public void close() {}
        };
    }
}
