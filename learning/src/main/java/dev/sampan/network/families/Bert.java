package dev.sampan.network.families;

import static dev.sampan.model.onnx.Attributes.attribute;

import dev.sampan.compute.Pass;
import dev.sampan.compute.Weights;
import dev.sampan.model.onnx.OnnxGraph;
import dev.sampan.network.layers.Activation;
import dev.sampan.network.layers.Constants;
import dev.sampan.network.layers.Dropout;
import dev.sampan.network.layers.LayerNorm;
import dev.sampan.network.layers.Linear;
import dev.sampan.network.layers.Lookup;
import dev.sampan.network.layers.Mask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/// BERT (Devlin et al. 2019): words + segments + places → norm → layers that see both ways → head.
///
/// ```
/// x = norm(words[ids] + segments[types] + places)        x = norm(x + attention(x))        x = norm(x + feed(x))
/// ```
final class Bert implements Family {
    private static final String PREFIX = "bert.";

    private static final String WORDS = "embeddings.word_embeddings.weight";

    /// How the states of a text's tokens become one vector for its answer.
    enum Pooling {
        /// tanh of a dense layer on the first token's, as BERT was taught.
        POOLER,
        /// The first token's.
        CLS,
        /// The mean of all tokens' that are no padding, as sentence encoders were taught.
        MEAN
    }

    private static final long[] LAST = {-1};

    private final Task task;
    private final Lookup words;
    private final Lookup places;
    private final Lookup segments;
    private final LayerNorm norm;
    private final Dropout dropout;
    private final boolean causal;
    private final List<BertLayer> layers = new ArrayList<>();
    private final Pooling pooling;
    private final boolean normalised;
    private final @Nullable Linear pooler;
    private final @Nullable Linear classifier;
    private final Dropout classifierDropout;
    private final @Nullable WordHead wordHead;

    /// @param files tell whether there is a pooler, and whether the words of the head are its own
    Bert(ConfigFile config, Task task, WeightFiles files) {
        this.task = task;
        refuse(config);
        String prefix = task == Task.ENCODE ? "" : PREFIX;
        int hidden = config.size("hidden_size", 768);
        int vocabulary = config.size("vocab_size", 30522);
        double epsilon = config.positive("layer_norm_eps", 1e-12);
        double share = config.share("hidden_dropout_prob", 0.1);
        boolean language = task == Task.MASKED_LANGUAGE || task == Task.CAUSAL_LANGUAGE;
        boolean tied = language && files.tied(config, "cls.predictions.decoder.weight", PREFIX + WORDS);
        String embeddings = prefix + "embeddings.";
        int padding = Settings.padding(config, vocabulary, 0);
        words = new Lookup(embeddings + "word_embeddings", vocabulary, hidden, padding, tied);
        int placesMax = config.size("max_position_embeddings", 512);
        places = new Lookup(embeddings + "position_embeddings", placesMax, hidden, Lookup.NONE, false);
        int types = config.size("type_vocab_size", 2);
        segments = new Lookup(embeddings + "token_type_embeddings", types, hidden, Lookup.NONE, false);
        norm = new LayerNorm(embeddings + "LayerNorm", hidden, epsilon);
        dropout = new Dropout(share);
        causal = config.flag("is_decoder", false);
        for (int i = 0; i < config.size("num_hidden_layers", 12); i++) {
            layers.add(BertLayer.of(prefix + "encoder.layer." + i, config, hidden, epsilon));
        }
        pooling = pooling(config);
        normalised = config.flag("normalize_embeddings", false);
        boolean asked = task == Task.CLASSIFY && pooling == Pooling.POOLER;
        boolean pooled = asked || (task == Task.ENCODE && files.has("pooler.dense.weight", PREFIX));
        pooler = pooled ? Linear.of(prefix + "pooler.dense", hidden, hidden, true) : null;
        boolean classifies = task == Task.CLASSIFY || task == Task.TAG;
        classifier = classifies ? Linear.of("classifier", hidden, Settings.labels(config), true) : null;
        classifierDropout = new Dropout(config.share("classifier_dropout", share));
        wordHead = language ? new WordHead(config, words, tied, epsilon) : null;
    }

    private static Pooling pooling(ConfigFile config) {
        String name = config.text("pooling", "pooler");
        return Arrays.stream(Pooling.values())
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> config.refused("pooling", "is none of pooler, cls, mean"));
    }

    private static void refuse(ConfigFile config) {
        config.refuseSet("add_cross_attention", "attention to a second text");
        config.refuseUnless("position_embedding_type", "absolute", "names places this version does not have");
    }

    @Override
    public Task task() {
        return task;
    }

    @Override
    public void declare(Weights.Layout layout) {
        words.declare(layout);
        places.declare(layout);
        segments.declare(layout);
        norm.declare(layout);
        layers.forEach(layer -> layer.declare(layout));
        if (pooler != null) {
            pooler.declare(layout);
        }
        if (classifier != null) {
            classifier.declare(layout);
        }
        if (wordHead != null) {
            wordHead.declare(layout);
        }
    }

    @Override
    public Map<String, Tensor> forward(Pass pass, Map<String, Tensor> inputs) {
        Tensor x = states(pass, inputs); // (rows, time, hidden)
        Map<String, Tensor> outputs = new LinkedHashMap<>();
        outputs.put(Outputs.STATES, x);
        if (pooler != null) {
            outputs.put(Outputs.POOLED, torch.tanh(pooler.forward(pass, x.select(1, 0))));
        }
        if (classifier != null) {
            Tensor read = task == Task.TAG ? x : scaled(vector(x, outputs, inputs.get(Inputs.MASK)));
            outputs.put(Outputs.LOGITS, classifier.forward(pass, classifierDropout.forward(pass, read)));
        }
        if (wordHead != null) {
            outputs.put(Outputs.LOGITS, wordHead.forward(pass, x));
        }
        return outputs;
    }

    /// @return (rows, hidden)
    private Tensor vector(Tensor x, Map<String, Tensor> outputs, @Nullable Tensor mask) {
        return switch (pooling) {
            case POOLER -> Inputs.required(outputs, Outputs.POOLED);
            case CLS -> x.select(1, 0);
            case MEAN -> {
                if (mask == null) {
                    yield x.mean(1);
                }
                Tensor stands = mask.to(ScalarType.Float).unsqueeze(2); // (rows, time, 1)
                yield x.mul(stands).sum(1).div(stands.sum(1));
            }
        };
    }

    /// To length 1, as encoders are that were taught by angles.
    private Tensor scaled(Tensor vector) {
        return normalised
                ? vector.div(vector.square()
                        .sum(LAST, true, new ScalarTypeOptional())
                        .sqrt())
                : vector;
    }

    private Tensor states(Pass pass, Map<String, Tensor> inputs) {
        Tensor ids = Inputs.ids(inputs);
        long time = ids.size(1);
        Tensor types = inputs.get(Inputs.TYPES);
        Tensor sum = words.forward(pass, ids)
                .add(segments.forward(pass, types == null ? ids.sub(ids) : types))
                .add(places.forward(pass, Inputs.places(time, places.rows())));
        Tensor x = dropout.forward(pass, norm.forward(pass, sum));
        Mask mask = Mask.of(time, new Mask.Sight(causal, 0), inputs.get(Inputs.MASK));
        for (BertLayer layer : layers) {
            x = layer.forward(pass, x, mask);
        }
        return x;
    }

    @Override
    public Map<String, String> onnx(OnnxGraph graph, Weights weights, Map<String, String> inputs) {
        String ids = Inputs.named(inputs, Inputs.IDS);
        String tokens = Inputs.named(inputs, Inputs.MASK);
        String kinds = graph.node("Sub", List.of(ids, ids)); // all 0: one text, no second one
        String sum = graph.node("Add", List.of(words.onnx(graph, weights, ids), segments.onnx(graph, weights, kinds)));
        sum = graph.node("Add", List.of(sum, places.onnx(graph, weights, Graphs.places(graph, ids))));
        String x = norm.onnx(graph, weights, sum);
        String mask = Graphs.mask(graph, tokens, causal ? Graphs.causal(graph, ids) : null);
        for (BertLayer layer : layers) {
            x = layer.onnx(graph, weights, x, mask);
        }
        Map<String, String> outputs = new LinkedHashMap<>();
        outputs.put(Outputs.STATES, x);
        if (pooler != null) {
            String first = Graphs.first(graph, x);
            outputs.put(Outputs.POOLED, graph.node("Tanh", List.of(pooler.onnx(graph, weights, first))));
        }
        if (classifier != null) {
            String read = task == Task.TAG ? x : vector(graph, x, outputs, tokens);
            if (task != Task.TAG && normalised) {
                read = graph.node("LpNormalization", List.of(read), attribute("axis", 1), attribute("p", 2));
            }
            outputs.put(Outputs.LOGITS, classifier.onnx(graph, weights, read));
        }
        if (wordHead != null) {
            outputs.put(Outputs.LOGITS, wordHead.onnx(graph, weights, x));
        }
        return outputs;
    }

    private String vector(OnnxGraph graph, String x, Map<String, String> outputs, String tokens) {
        return switch (pooling) {
            case POOLER -> Inputs.named(outputs, Outputs.POOLED);
            case CLS -> Graphs.first(graph, x);
            case MEAN -> Graphs.mean(graph, x, tokens);
        };
    }

    @Override
    public String prefix() {
        return PREFIX;
    }

    @Override
    public Map<String, String> tied() {
        return wordHead == null ? Map.of() : wordHead.tied();
    }

    @Override
    public List<String> head() {
        return classifier == null ? List.of() : List.of("classifier.weight", "classifier.bias");
    }

    /// norm(gelu(x W)) · wordsᵀ + b.
    private record WordHead(Linear transform, Activation activation, LayerNorm norm, Lookup words, boolean isTied) {
        private static final String BIAS = "cls.predictions.bias";
        private static final String OWN = "cls.predictions.decoder";

        WordHead(ConfigFile config, Lookup words, boolean isTied, double epsilon) {
            this(
                    Linear.of("cls.predictions.transform.dense", words.width(), words.width(), true),
                    config.activation("hidden_act", "gelu"),
                    new LayerNorm("cls.predictions.transform.LayerNorm", words.width(), epsilon),
                    words,
                    isTied);
        }

        void declare(Weights.Layout layout) {
            layout.add(BIAS, words.rows());
            transform.declare(layout);
            norm.declare(layout);
            if (!isTied) {
                own().declare(layout);
            }
        }

        private Linear own() {
            return Linear.of(OWN, words.width(), words.rows(), true);
        }

        Tensor forward(Pass pass, Tensor x) {
            Tensor y = norm.forward(pass, activation.forward(transform.forward(pass, x)));
            return isTied
                    ? torch.linear(y, pass.weight(words.weight())).add(pass.weight(BIAS))
                    : own().forward(pass, y);
        }

        String onnx(OnnxGraph graph, Weights weights, String x) {
            String y = norm.onnx(graph, weights, activation.onnx(graph, transform.onnx(graph, weights, x)));
            if (!isTied) {
                return own().onnx(graph, weights, y);
            }
            String product = Graphs.timesTurned(graph, y, words.weight());
            return graph.node("Add", List.of(product, Constants.of(graph, weights, BIAS)));
        }

        Map<String, String> tied() {
            return isTied ? Map.of(OWN + ".weight", words.weight(), OWN + ".bias", BIAS) : Map.of();
        }
    }
}
