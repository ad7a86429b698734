package dev.sampan.network.families;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import dev.sampan.compute.Lanes;
import dev.sampan.compute.NativeWeights;
import dev.sampan.compute.Optimiser;
import dev.sampan.compute.Pass;
import dev.sampan.compute.Scope;
import dev.sampan.compute.Tensors;
import dev.sampan.compute.Torch;
import dev.sampan.compute.UpdateRule;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.ProblemException;
import dev.sampan.network.Objective;
import dev.sampan.network.Parity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Every folder of reference models, against what Python's transformers answered and learned there: the
/// output, three steps of AdamW without dropout, and the same output again from the folder we write. The
/// folder of folders is the system property `sampan.golden`.
class GoldenTests {
    private static final double TOLERANCE = 1e-4;
    private static final int DRAWS = 24;

    @TempDir
    private Path scratch = Path.of("");

    @BeforeAll
    static void oneThread() {
        Torch.useOneThreadPerCall();
    }

    @TestFactory
    Stream<DynamicTest> reproducesEveryReferenceModel() throws IOException {
        Path golden = Path.of(System.getProperty("sampan.golden", "absent"));
        Assumptions.assumeTrue(Files.isDirectory(golden), "no folder of reference models at " + golden);
        List<Path> folders = folders(golden);
        Assumptions.assumeFalse(folders.isEmpty(), "no reference models in " + golden);
        return tests(folders, Path.of(System.getProperty("sampan.golden.written", scratch.toString())));
    }

    /// Three of harness/python/golden_variants.py, so that there is something to hold against everywhere.
    @TestFactory
    Stream<DynamicTest> reproducesTheSmallModelsThatComeWithTheTests() throws IOException {
        return tests(folders(Path.of("src/test/resources/golden")), scratch);
    }

    private static List<Path> folders(Path golden) throws IOException {
        try (Stream<Path> all = Files.list(golden)) {
            return all.filter(each -> Files.isRegularFile(each.resolve("golden.json")))
                    .sorted()
                    .toList();
        }
    }

    private Stream<DynamicTest> tests(List<Path> folders, Path writtenTo) {
        return folders.stream().map(each -> DynamicTest.dynamicTest(name(each), () -> reproduces(each, writtenTo)));
    }

    private static String name(Path folder) {
        return folder.getFileName().toString();
    }

    private void reproduces(Path folder, Path writtenTo) throws IOException, OrtException {
        JsonNode golden = Json.read(Files.readString(folder.resolve("golden.json")), JsonNode.class);
        PretrainedNetwork network = read(folder);
        String output = golden.path("output").stringValue();
        float[] expected = floats(golden.path("output_values"));
        Map<String, JsonNode> inputs = new HashMap<>();
        for (String name : List.of("input_ids", "attention_mask", "token_type_ids", "decoder_input_ids")) {
            if (golden.has(name)) {
                inputs.put(name, golden.path(name));
            }
        }
        assertThat(answer(network, inputs, output)).as("output").containsExactly(expected, Assertions.within((float)
                TOLERANCE));
        Path written = writtenTo.resolve(name(folder));
        network.write(written);
        assertThat(answer(PretrainedNetwork.read(written), inputs, output))
                .as("output after writing and reading")
                .containsExactly(expected, Assertions.within((float) TOLERANCE));
        if (!output.equals("pooler_output") && !inputs.containsKey("token_type_ids")) {
            answersAlikeInOnnxRuntime(network, output, inputs);
        }
        if (golden.has("train")) {
            learnsAlike(folder, inputs, golden.path("train"));
        }
    }

    /// Of a single text, as a graph reads it; what has no graph says so.
    private static void answersAlikeInOnnxRuntime(
            PretrainedNetwork network, String output, Map<String, JsonNode> inputs) throws OrtException {
        try {
            network.onnx();
        } catch (ProblemException e) {
            assertThat(e.problems().getFirst().code()).isEqualTo("model.no_graph");
            return;
        }
        Parity.check(network, output, () -> {
            Map<String, Tensor> given = tensors(inputs);
            Tensor ids = Objects.requireNonNull(given.get("input_ids"));
            given.computeIfAbsent("attention_mask", _ -> torch.ones_like(ids));
            return given;
        });
    }

    private static PretrainedNetwork read(Path folder) {
        try {
            return PretrainedNetwork.read(folder);
        } catch (ProblemException e) {
            if (e.problems().getFirst().code().equals("model.architecture_unknown")) {
                throw new TestAbortedException(
                        name(folder) + ": " + e.problems().getFirst().line());
            }
            throw e;
        }
    }

    private static float[] answer(PretrainedNetwork network, Map<String, JsonNode> inputs, String output) {
        try (NativeWeights onDevice = new NativeWeights(network.weights())) {
            NativeWeights.Leaves leaves = onDevice.leaves();
            try (Scope _ = Scope.inference()) {
                Map<String, Tensor> outputs = network.outputs(new Pass(leaves, leaves, null), tensors(inputs));
                assertThat(outputs).containsKey(output);
                return Tensors.floats(Objects.requireNonNull(outputs.get(output)));
            }
        }
    }

    /// Three steps as golden.json says they were taken: AdamW, rate 1e-3, decay 0.01, all parameters, no
    /// dropout.
    private void learnsAlike(Path folder, Map<String, JsonNode> inputs, JsonNode train) throws IOException {
        assertThat(train.path("optimizer").stringValue()).startsWith("AdamW lr=1e-3 betas=(0.9,0.999) eps=1e-8");
        double[] expected = Stream.concat(
                        stream(train.path("loss_per_step")), stream(train.path("grad_norm_last_step")))
                .mapToDouble(JsonNode::doubleValue)
                .toArray();
        double[] found = steps(read(folder), inputs, train, null);
        double[] tolerances = new double[expected.length];
        Arrays.fill(tolerances, TOLERANCE);
        tolerances[expected.length - 1] = 1e-3 * expected[expected.length - 1];
        double[] centre = found;
        if (!within(found, expected, tolerances) && dropsInAttention(folder)) {
            double[][] draws = draws(folder, inputs, train);
            centre = draws[0];
            tolerances = draws[1];
        }
        for (int i = 0; i < expected.length; i++) {
            String what = i < expected.length - 1 ? "loss of step " + (i + 1) : "gradient norm of the last step";
            assertThat(expected[i]).as(what).isCloseTo(centre[i], Assertions.within(tolerances[i]));
        }
    }

    private static boolean within(double[] found, double[] expected, double[] tolerances) {
        return IntStream.range(0, found.length).allMatch(i -> Math.abs(found[i] - expected[i]) <= tolerances[i]);
    }

    /// T5's attention keeps its share of dropout as a number of its own, so that turning every `nn.Dropout`
    /// off, as was done for the reference models, leaves it on: with a share above 0 in the configuration, the
    /// three losses are one draw. (Seen by repeating the draw in Python: seed and order of the models give it
    /// to the last digit.)
    private static boolean dropsInAttention(Path folder) throws IOException {
        JsonNode config = Json.read(Files.readString(folder.resolve("config.json")), JsonNode.class);
        return config.path("model_type").stringValue().equals("t5")
                && config.path("dropout_rate").doubleValue(0) > 0;
    }

    /// What our network draws with dropout in attention alone: means, and five times the deviations.
    private double[][] draws(Path folder, Map<String, JsonNode> inputs, JsonNode train) throws IOException {
        Path alone = Files.createDirectories(scratch.resolve(name(folder) + "-attention"));
        Files.copy(folder.resolve("model.safetensors"), alone.resolve("model.safetensors"));
        ObjectNode config = Json.read(Files.readString(folder.resolve("config.json")), ObjectNode.class);
        config.put("attention_dropout", config.path("dropout_rate").doubleValue());
        Files.writeString(alone.resolve("config.json"), Json.write(config.put("dropout_rate", 0)));
        double[][] drawn = new double[DRAWS][];
        for (int draw = 0; draw < DRAWS; draw++) {
            drawn[draw] = steps(read(alone), inputs, train, new SplittableRandom(draw));
        }
        double[][] found = new double[2][drawn[0].length];
        for (int i = 0; i < drawn[0].length; i++) {
            int at = i;
            double mean = Arrays.stream(drawn).mapToDouble(d -> d[at]).average().orElseThrow();
            double square = Arrays.stream(drawn)
                    .mapToDouble(d -> d[at] * d[at])
                    .average()
                    .orElseThrow();
            found[0][i] = mean;
            found[1][i] = 5 * Math.sqrt(square - mean * mean);
        }
        return found;
    }

    /// @return the losses before the steps, and the gradient's norm at the last
    private static double[] steps(
            PretrainedNetwork network,
            Map<String, JsonNode> inputs,
            JsonNode train,
            @Nullable SplittableRandom random) {
        int steps = train.path("loss_per_step").size();
        double[] found = new double[steps + 1];
        Optimiser optimiser = new Optimiser(new UpdateRule.Adam(0.9, 0.999, 1e-8, true), network.weights());
        try (NativeWeights onDevice = new NativeWeights(network.weights())) {
            Pass pass = new Pass(onDevice.leaves(), onDevice.leaves(), random);
            for (int step = 0; step < steps; step++) {
                found[step] = backward(network, pass, inputs, train.path("labels"));
                onDevice.sumGradients();
                found[steps] = optimiser.step(1e-3, 0.01, 0, 1, Lanes.ONE);
                onDevice.refresh();
            }
        }
        return found;
    }

    private static double backward(
            PretrainedNetwork network, Pass pass, Map<String, JsonNode> inputs, JsonNode labels) {
        try (Scope _ = Scope.recording()) {
            Tensor targets = tensor(labels);
            Map<String, Tensor> given = tensors(inputs);
            given.putAll(network.inputsFor(targets));
            Objective objective = network.objective(targets);
            Tensor loss = objective
                    .loss(pass, network.forward(pass, given), targets)
                    .div(new Scalar(objective.weight(targets)));
            loss.backward();
            pass.leaves().keepGradient();
            return loss.item_float();
        }
    }

    private static Stream<JsonNode> stream(JsonNode node) {
        List<JsonNode> leaves = new ArrayList<>();
        flatten(node, leaves);
        return leaves.stream();
    }

    private static Map<String, Tensor> tensors(Map<String, JsonNode> inputs) {
        Map<String, Tensor> tensors = new HashMap<>();
        inputs.forEach((name, node) -> tensors.put(name, tensor(node)));
        return tensors;
    }

    /// Whole numbers as 64-bit integers, others as floats, in the shape of the lists.
    private static Tensor tensor(JsonNode node) {
        List<Long> shape = new ArrayList<>();
        for (JsonNode at = node; at.isArray(); at = at.get(0)) {
            shape.add((long) at.size());
        }
        List<JsonNode> leaves = new ArrayList<>();
        flatten(node, leaves);
        long[] dims = shape.stream().mapToLong(Long::longValue).toArray();
        if (leaves.stream().allMatch(JsonNode::isIntegralNumber)) {
            return Tensors.longs(leaves.stream().mapToLong(JsonNode::longValue).toArray(), dims);
        }
        return Tensors.floats(floats(leaves), dims);
    }

    private static float[] floats(JsonNode node) {
        List<JsonNode> leaves = new ArrayList<>();
        flatten(node, leaves);
        return floats(leaves);
    }

    private static float[] floats(List<JsonNode> leaves) {
        float[] values = new float[leaves.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = leaves.get(i).floatValue();
        }
        return values;
    }

    private static void flatten(JsonNode node, List<JsonNode> into) {
        if (node.isArray()) {
            node.forEach(each -> flatten(each, into));
        } else {
            into.add(node);
        }
    }
}
