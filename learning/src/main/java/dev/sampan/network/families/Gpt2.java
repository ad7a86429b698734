package dev.sampan.network.families;

import static dev.sampan.model.onnx.Attributes.attribute;

import dev.sampan.compute.Pass;
import dev.sampan.compute.Weights;
import dev.sampan.model.onnx.OnnxGraph;
import dev.sampan.network.layers.Activation;
import dev.sampan.network.layers.Attention;
import dev.sampan.network.layers.Constants;
import dev.sampan.network.layers.Dropout;
import dev.sampan.network.layers.LayerNorm;
import dev.sampan.network.layers.Linear;
import dev.sampan.network.layers.Lookup;
import dev.sampan.network.layers.Mask;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/// GPT-2 (Radford et al. 2019): words + places → layers that see backwards → norm → head.
///
/// ```
/// x = words[ids] + places        x = x + attention(norm x)        x = x + feed(norm x)
/// ```
final class Gpt2 implements Family {
    private static final Map<String, String> OTHER_NAMES = Map.of(
            "n_embd", "hidden_size",
            "n_positions", "max_position_embeddings",
            "n_head", "num_attention_heads",
            "n_layer", "num_hidden_layers");
    private static final String PREFIX = "transformer.";

    private final Task task;
    private final Lookup words;
    private final Lookup places;
    private final Dropout embedded;
    private final List<Layer> layers = new ArrayList<>();
    private final LayerNorm norm;
    private final Head head;

    Gpt2(ConfigFile given, Task task, WeightFiles files) {
        ConfigFile config = given.withNames(OTHER_NAMES);
        config.refuseSet("add_cross_attention", "attention to a second text");
        this.task = task;
        String prefix = task == Task.ENCODE ? "" : PREFIX;
        int hidden = config.size("n_embd", 768);
        int vocabulary = config.size("vocab_size", 50257);
        boolean tied = task == Task.CAUSAL_LANGUAGE && files.tied(config, Head.WORDS, PREFIX + "wte.weight");
        words = new Lookup(prefix + "wte", vocabulary, hidden, Lookup.NONE, tied);
        places = new Lookup(prefix + "wpe", config.size("n_positions", 1024), hidden, Lookup.NONE, false);
        embedded = new Dropout(config.share("embd_pdrop", 0.1));
        double epsilon = config.positive("layer_norm_epsilon", 1e-5);
        for (int i = 0; i < config.size("n_layer", 12); i++) {
            layers.add(Layer.of(prefix + "h." + i, config, hidden, i));
        }
        norm = new LayerNorm(prefix + "ln_f", hidden, epsilon);
        head = Head.of(task, config, words, tied, new Dropout(config.share("classifier_dropout", 0.1)));
    }

    @Override
    public Task task() {
        return task;
    }

    @Override
    public void declare(Weights.Layout layout) {
        words.declare(layout);
        places.declare(layout);
        layers.forEach(layer -> layer.declare(layout));
        norm.declare(layout);
        head.declare(layout);
    }

    @Override
    public Map<String, Tensor> forward(Pass pass, Map<String, Tensor> inputs) {
        Tensor ids = Inputs.ids(inputs);
        long time = ids.size(1);
        Tensor sum = words.forward(pass, ids).add(places.forward(pass, Inputs.places(time, places.rows())));
        Tensor types = inputs.get(Inputs.TYPES);
        if (types != null) { // the reference looks segments up among the words
            sum = sum.add(words.forward(pass, types));
        }
        Tensor x = embedded.forward(pass, sum);
        Mask mask = Mask.of(time, new Mask.Sight(true, 0), inputs.get(Inputs.MASK));
        for (Layer layer : layers) {
            x = layer.forward(pass, x, mask);
        }
        x = norm.forward(pass, x);
        Map<String, Tensor> outputs = new LinkedHashMap<>();
        outputs.put(Outputs.STATES, x);
        head.answer(pass, x, ids, outputs);
        return outputs;
    }

    @Override
    public Map<String, String> onnx(OnnxGraph graph, Weights weights, Map<String, String> inputs) {
        String ids = Inputs.named(inputs, Inputs.IDS);
        String x = graph.node(
                "Add",
                List.of(words.onnx(graph, weights, ids), places.onnx(graph, weights, Graphs.places(graph, ids))));
        String mask = Graphs.mask(graph, Inputs.named(inputs, Inputs.MASK), Graphs.causal(graph, ids));
        for (Layer layer : layers) {
            x = layer.onnx(graph, weights, x, mask);
        }
        x = norm.onnx(graph, weights, x);
        Map<String, String> outputs = new LinkedHashMap<>();
        outputs.put(Outputs.STATES, x);
        head.onnx(graph, weights, ids, outputs);
        return outputs;
    }

    @Override
    public String prefix() {
        return PREFIX;
    }

    @Override
    public Map<String, String> tied() {
        return head.tied();
    }

    @Override
    public List<String> head() {
        return head.names();
    }

    /// One layer.
    private record Layer(
            LayerNorm first,
            Linear in,
            Attention attention,
            Linear mixed,
            LayerNorm second,
            Linear up,
            Activation activation,
            Linear down,
            Dropout dropout) {
        static Layer of(String name, ConfigFile config, int hidden, int index) {
            int heads = config.size("n_head", 12);
            if (hidden % heads != 0) {
                throw config.refused("n_head", "does not divide n_embd = " + hidden);
            }
            int wide = config.size("n_inner", 4 * hidden);
            double epsilon = config.positive("layer_norm_epsilon", 1e-5);
            double scale = config.flag("scale_attn_weights", true) ? 1 / Math.sqrt((double) hidden / heads) : 1;
            if (config.flag("scale_attn_by_inverse_layer_idx", false)) {
                scale /= index + 1;
            }
            Dropout seen = new Dropout(config.share("attn_pdrop", 0.1));
            return new Layer(
                    new LayerNorm(name + ".ln_1", hidden, epsilon),
                    new Linear(name + ".attn.c_attn", hidden, 3 * hidden, true, true),
                    new Attention(heads, heads, hidden / heads, scale, seen),
                    new Linear(name + ".attn.c_proj", hidden, hidden, true, true),
                    new LayerNorm(name + ".ln_2", hidden, epsilon),
                    new Linear(name + ".mlp.c_fc", hidden, wide, true, true),
                    config.activation("activation_function", "gelu_new"),
                    new Linear(name + ".mlp.c_proj", wide, hidden, true, true),
                    new Dropout(config.share("resid_pdrop", 0.1)));
        }

        void declare(Weights.Layout layout) {
            first.declare(layout);
            in.declare(layout);
            mixed.declare(layout);
            second.declare(layout);
            up.declare(layout);
            down.declare(layout);
        }

        Tensor forward(Pass pass, Tensor x, Mask mask) {
            TensorVector parts = in.forward(pass, first.forward(pass, x)).chunk(3, 2);
            int heads = attention.heads();
            Tensor seen = attention.forward(
                    split(parts.get(0), heads), split(parts.get(1), heads), split(parts.get(2), heads), mask, pass);
            Tensor y = x.add(dropout.forward(pass, mixed.forward(pass, seen)));
            Tensor wide = activation.forward(up.forward(pass, second.forward(pass, y)));
            return y.add(dropout.forward(pass, down.forward(pass, wide)));
        }

        private Tensor split(Tensor x, int heads) {
            return attention.split(x, heads);
        }

        String onnx(OnnxGraph graph, Weights weights, String x, String mask) {
            long hidden = mixed.outputs();
            String all = in.onnx(graph, weights, first.onnx(graph, weights, x));
            List<String> parts = List.of(in.name() + ".q", in.name() + ".k", in.name() + ".v");
            String sizes = Constants.vector(graph, hidden, hidden, hidden);
            graph.node("Split", List.of(all, sizes), parts, attribute("axis", 2));
            String seen = attention.onnx(graph, parts.get(0), parts.get(1), parts.get(2), mask);
            String y = graph.node("Add", List.of(x, mixed.onnx(graph, weights, seen)));
            String up = this.up.onnx(graph, weights, second.onnx(graph, weights, y));
            String wide = activation.onnx(graph, up);
            return graph.node("Add", List.of(y, down.onnx(graph, weights, wide)));
        }
    }
}
