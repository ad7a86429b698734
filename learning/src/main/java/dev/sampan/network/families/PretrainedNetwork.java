package dev.sampan.network.families;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.sampan.compute.Pass;
import dev.sampan.compute.Tensors;
import dev.sampan.compute.Weights;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.model.Encoder;
import dev.sampan.model.onnx.ElementType;
import dev.sampan.model.onnx.OnnxGraph;
import dev.sampan.network.Network;
import dev.sampan.network.Objective;
import dev.sampan.network.OnnxOutputs;
import dev.sampan.network.layers.Initial;
import dev.sampan.network.objectives.BinaryCrossEntropy;
import dev.sampan.network.objectives.CrossEntropy;
import dev.sampan.network.objectives.NextToken;
import dev.sampan.network.objectives.Regression;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;
import tools.jackson.databind.node.ObjectNode;

/// A network out of a Hugging Face folder, to be taught or asked.
public final class PretrainedNetwork implements Network {
    private static final String CONFIG = "config.json";

    private final ConfigFile config;
    private final Family family;
    private final Weights weights;

    private PretrainedNetwork(ConfigFile config, Family family) {
        this.config = config;
        this.family = family;
        Weights.Layout layout = new Weights.Layout();
        family.declare(layout);
        weights = layout.allocate();
    }

    /// @param folder with `config.json` and `model.safetensors`, or its shards
    /// @throws ProblemException `model.no_config`, `model.architecture_unknown`, `model.config_unsupported`,
    ///     `model.pickle_refused`, `model.no_weights`, `model.weight_missing`, `model.weight_shape`,
    ///     `model.corrupt`
    public static PretrainedNetwork read(Path folder) {
        WeightFiles files = WeightFiles.read(folder);
        ConfigFile config = configOf(folder);
        PretrainedNetwork network = new PretrainedNetwork(config, Families.of(config, files));
        files.into(network.weights, network.family, Set.of());
        return network;
    }

    /// A BERT out of a folder with a new head for these labels on the vector it was taught to make.
    ///
    /// @param seed of the head's first weights
    /// @throws ProblemException as [#read], and `model.no_encoder` for another family
    public static PretrainedNetwork classifier(Path folder, List<String> labels, long seed) {
        WeightFiles files = WeightFiles.read(folder);
        ObjectNode given = configOf(folder).tree();
        String pooling = Classifiers.pooling(folder, files);
        ObjectNode config = Classifiers.config(given, pooling, labels, folder.toString());
        if (Files.exists(folder.resolve("2_Normalize"))) { // a step of sentence-transformers
            config.put("normalize_embeddings", true);
        }
        return headed(config, files, seed);
    }

    /// The same with an encoder that comes with Sampan.
    ///
    /// @throws ProblemException `model.not_trainable` when its weights are INT8
    public static PretrainedNetwork classifier(Encoder encoder, List<String> labels, long seed) {
        BundledEncoder bundled = BundledEncoder.read(encoder);
        String pooling = encoder.pooling().name().toLowerCase(Locale.ROOT);
        ObjectNode config = Classifiers.config(bundled.config(), pooling, labels, encoder.name());
        config.put("normalize_embeddings", true);
        return headed(config, WeightFiles.of(bundled.tensors()), seed);
    }

    private static PretrainedNetwork headed(ObjectNode tree, WeightFiles files, long seed) {
        ConfigFile config = new ConfigFile(tree, CONFIG, Map.of());
        PretrainedNetwork network = new PretrainedNetwork(config, Families.of(config, files));
        WeightFiles old = files.without(network.family.head());
        old.into(network.weights, network.family, Set.copyOf(network.family.head()));
        double deviation = config.positive("initializer_range", 0.02);
        Initial initial = new Initial(seed);
        network.family.head().stream()
                .filter(name -> name.endsWith(".weight"))
                .forEach(name -> initial.normal(network.weights, name, deviation));
        return network;
    }

    private static ConfigFile configOf(Path folder) {
        Path file = folder.resolve(CONFIG);
        try {
            return new ConfigFile(Json.read(Files.readString(file), ObjectNode.class), file.toString(), Map.of());
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.of("model.no_config", "There is no " + CONFIG + " that can be read.")
                            .at(folder.toString()),
                    e);
        }
    }

    public Task task() {
        return family.task();
    }

    @Override
    public Weights weights() {
        return weights;
    }

    /// The logits, or the states of a network without a head.
    @Override
    public Tensor forward(Pass pass, Map<String, Tensor> inputs) {
        Map<String, Tensor> outputs = outputs(pass, inputs);
        Tensor logits = outputs.get(Outputs.LOGITS);
        return logits == null ? Inputs.required(outputs, Outputs.STATES) : logits;
    }

    /// Everything the network answers, under the reference's names: `last_hidden_state` (rows, time, hidden),
    /// `pooler_output` (rows, hidden), `logits`.
    public Map<String, Tensor> outputs(Pass pass, Map<String, Tensor> inputs) {
        return family.forward(pass, inputs);
    }

    /// The loss that the reference takes for these targets.
    ///
    /// @param targets what the reference calls `labels`
    /// @throws IllegalArgumentException for a network without a head
    public Objective objective(Tensor targets) {
        return switch (family.task()) {
            case ENCODE -> throw new IllegalArgumentException("a network without a head has no loss");
            case TAG, MASKED_LANGUAGE, SEQUENCE_TO_SEQUENCE -> new CrossEntropy();
            case CAUSAL_LANGUAGE -> new NextToken();
            case CLASSIFY -> problem(targets);
        };
    }

    private Objective problem(Tensor targets) {
        boolean whole = !targets.is_floating_point();
        String usual = Settings.labels(config) == 1
                ? "regression"
                : whole ? "single_label_classification" : "multi_label_classification";
        String type = config.text("problem_type", usual);
        return switch (type) {
            case "regression" -> new Regression.Squared();
            case "single_label_classification" -> new CrossEntropy();
            case "multi_label_classification" -> new BinaryCrossEntropy();
            default -> throw config.refused("problem_type", "is none of the three there are");
        };
    }

    /// What a decoder of two texts reads while it learns the second: the targets one place later, behind the
    /// token that begins. Nothing for other networks.
    ///
    /// @param targets (rows, time)
    public Map<String, Tensor> inputsFor(Tensor targets) {
        return family instanceof T5 t5 && family.task() == Task.SEQUENCE_TO_SEQUENCE
                ? Map.of(Inputs.DECODER_IDS, shifted(targets, t5.start()))
                : Map.of();
    }

    private static Tensor shifted(Tensor targets, T5.Start start) {
        int[] given = Tensors.ints(targets);
        int time = (int) targets.size(1);
        long[] shifted = new long[given.length];
        for (int i = 0; i < given.length; i++) {
            int before = i % time == 0 ? start.token() : given[i - 1];
            shifted[i] = before == CrossEntropy.IGNORED ? start.padding() : before;
        }
        return Tensors.longs(shifted, targets.size(0), time);
    }

    /// Inputs `input_ids` and `attention_mask` (batch, sequence), for T5 `decoder_input_ids` (batch, target);
    /// the output is what [#forward] answers, and for a classifier `probabilities` beside it.
    ///
    /// @throws ProblemException `model.no_graph` for Llama, Mistral, Qwen and Gemma
    @Override
    public ModelProto onnx() {
        OnnxGraph graph = new OnnxGraph(config.text("model_type", ""));
        Map<String, String> inputs = new LinkedHashMap<>();
        for (String name : List.of(Inputs.IDS, Inputs.MASK)) {
            inputs.put(name, graph.input(name, ElementType.INT64, "batch", "sequence"));
        }
        if (family instanceof T5 t5 && t5.decodes()) {
            String name = Inputs.DECODER_IDS;
            inputs.put(name, graph.input(name, ElementType.INT64, "batch", "target"));
        }
        Map<String, String> outputs = family.onnx(graph, weights, inputs);
        String logits = outputs.get(Outputs.LOGITS);
        if (family.task() == Task.CLASSIFY && logits != null) {
            OnnxOutputs.declare(graph, logits, Settings.labels(config));
        } else {
            String name = logits == null ? Outputs.STATES : Outputs.LOGITS;
            graph.node("Identity", List.of(Inputs.named(outputs, name)), List.of(name));
            graph.output(name, ElementType.FLOAT, "batch", "time", "width");
        }
        return graph.toModel();
    }

    /// Tokens of the longest text it has places for.
    public int placesMax() {
        return config.withNames(Map.of("max_position_embeddings", "n_positions"))
                .size("max_position_embeddings", Integer.MAX_VALUE >> 3);
    }

    /// Few, so that a batch of long texts keeps every core busy.
    @Override
    public int partRows() {
        return 8;
    }

    @Override
    public Map<String, Object> config() {
        ObjectNode both = config.tree();
        both.put("dtype", "float32").put("torch_dtype", "float32");
        RotaryConfig.addOldSpelling(both);
        Map<String, Object> tree = new LinkedHashMap<>();
        both.properties().forEach(entry -> tree.put(entry.getKey(), entry.getValue()));
        return tree;
    }

    /// Writes `config.json` and `model.safetensors` as `save_pretrained` does: tied weights once, everything
    /// in 32 bits.
    ///
    /// @param folder not there, or empty
    /// @throws ProblemException `output.exists`, `output.failed`, `output.disk_full`
    public void write(Path folder) {
        PretrainedFolder.write(folder, Json.pretty(config()), weights);
    }
}
