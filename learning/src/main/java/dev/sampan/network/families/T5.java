package dev.sampan.network.families;

import dev.sampan.compute.Pass;
import dev.sampan.compute.Weights;
import dev.sampan.model.onnx.OnnxGraph;
import dev.sampan.network.layers.Constants;
import dev.sampan.network.layers.Dropout;
import dev.sampan.network.layers.Lookup;
import dev.sampan.network.layers.Mask;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/// T5 (Raffel et al. 2020): an encoder that sees both ways, a decoder that sees backwards and all of the
/// encoder, no places but learned summands by distance.
///
/// The words of encoder and decoder are one table, and those of the head too unless a file says otherwise;
/// where the head's words are meant to be the table's, the states are scaled by 1/√width first.
final class T5 implements Family {
    private static final Map<String, String> OTHER_NAMES = Map.of(
            "d_model", "hidden_size",
            "num_heads", "num_attention_heads",
            "num_layers", "num_hidden_layers",
            "d_kv", "head_dim");
    private static final String WORDS = "shared.weight";

    private final Task task;
    private final Lookup words;
    private final boolean tied;
    private final boolean scaled;
    private final T5Stack encoder;
    private final @Nullable T5Stack decoder;
    private final Start start;

    /// What the decoder reads in place of the first token, and of tokens that are not to be learnt.
    record Start(int token, int padding) {}

    /// @param encoderOnly whether there is no decoder
    T5(ConfigFile given, Task task, boolean encoderOnly, WeightFiles files) {
        ConfigFile config = given.withNames(OTHER_NAMES);
        this.task = task;
        boolean language = task == Task.SEQUENCE_TO_SEQUENCE;
        tied = files.tied(true, Head.WORDS, WORDS);
        scaled = config.flag("scale_decoder_outputs", config.flag("tie_word_embeddings", true));
        int vocabulary = config.size("vocab_size", 32128);
        words = new Lookup("shared", vocabulary, config.size("d_model", 512), Lookup.NONE, language && tied);
        Dropout dropout = new Dropout(config.share("dropout_rate", 0.1));
        int layers = config.size("num_layers", 6);
        encoder = T5Stack.of("encoder", config, layers, dropout);
        decoder =
                encoderOnly ? null : T5Stack.of("decoder", config, config.size("num_decoder_layers", layers), dropout);
        int padding = Math.max(0, Settings.padding(config, vocabulary, 0));
        start = new Start(config.whole("decoder_start_token_id", padding, 0), padding);
    }

    @Override
    public Task task() {
        return task;
    }

    boolean decodes() {
        return decoder != null;
    }

    Start start() {
        return start;
    }

    @Override
    public void declare(Weights.Layout layout) {
        words.declare(layout);
        encoder.declare(layout);
        if (decoder != null) {
            decoder.declare(layout);
        }
        if (task == Task.SEQUENCE_TO_SEQUENCE && !tied) {
            layout.add(Head.WORDS, words.rows(), words.width());
        }
    }

    @Override
    public Map<String, Tensor> forward(Pass pass, Map<String, Tensor> inputs) {
        Tensor mask = inputs.get(Inputs.MASK);
        Tensor read =
                encoder.forward(pass, words.forward(pass, Inputs.ids(inputs)), new T5Stack.Seen(mask, null, null));
        Map<String, Tensor> outputs = new LinkedHashMap<>();
        if (decoder == null) {
            outputs.put(Outputs.STATES, read);
            return outputs;
        }
        Tensor ids = Inputs.required(inputs, Inputs.DECODER_IDS);
        T5Stack.Seen seen = new T5Stack.Seen(inputs.get(Inputs.DECODER_MASK), read, Mask.ofKeys(mask));
        Tensor x = decoder.forward(pass, words.forward(pass, ids), seen);
        outputs.put(Outputs.STATES, x);
        if (task == Task.SEQUENCE_TO_SEQUENCE) {
            Tensor y = scaled ? x.mul(new Scalar(1 / Math.sqrt(words.width()))) : x;
            outputs.put(Outputs.LOGITS, torch.linear(y, pass.weight(tied ? words.weight() : Head.WORDS)));
        }
        return outputs;
    }

    @Override
    public Map<String, String> onnx(OnnxGraph graph, Weights weights, Map<String, String> inputs) {
        String ids = Inputs.named(inputs, Inputs.IDS);
        String padding = Graphs.mask(graph, Inputs.named(inputs, Inputs.MASK), null);
        String table = words.onnx(graph, weights, ids);
        String read = encoder.onnx(graph, weights, table, new T5Stack.Names(ids, padding, null, null));
        Map<String, String> outputs = new LinkedHashMap<>();
        if (decoder == null) {
            outputs.put(Outputs.STATES, read);
            return outputs;
        }
        String second = Inputs.named(inputs, Inputs.DECODER_IDS);
        String vectors = graph.node("Gather", List.of(words.weight(), second));
        String behind = Graphs.causal(graph, second);
        String x = decoder.onnx(graph, weights, vectors, new T5Stack.Names(second, behind, read, padding));
        outputs.put(Outputs.STATES, x);
        if (task == Task.SEQUENCE_TO_SEQUENCE) {
            float scale = scaled ? (float) (1 / Math.sqrt(words.width())) : 1;
            String y = graph.node("Mul", List.of(x, Constants.scalar(graph, scale)));
            String own = tied ? words.weight() : Constants.of(graph, weights, Head.WORDS);
            outputs.put(Outputs.LOGITS, Graphs.timesTurned(graph, y, own));
        }
        return outputs;
    }

    @Override
    public String prefix() {
        return "transformer.";
    }

    @Override
    public Map<String, String> tied() {
        Map<String, String> second = new LinkedHashMap<>();
        second.put("encoder.embed_tokens.weight", WORDS);
        if (decoder != null) {
            second.put("decoder.embed_tokens.weight", WORDS);
        }
        if (task == Task.SEQUENCE_TO_SEQUENCE && tied) {
            second.put(Head.WORDS, WORDS);
        }
        return second;
    }

    @Override
    public List<String> head() {
        return List.of();
    }
}
