package dev.sampan.network.families;

import dev.sampan.compute.Pass;
import dev.sampan.compute.Weights;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.model.onnx.OnnxGraph;
import dev.sampan.network.layers.Dropout;
import dev.sampan.network.layers.Lookup;
import dev.sampan.network.layers.Mask;
import dev.sampan.network.layers.RmsNorm;
import dev.sampan.network.layers.Rotary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/// Llama, Mistral, Qwen2, Qwen3 and Gemma 3: words → layers that see backwards with turned queries and keys →
/// norm → head. What sets them apart is in [DecoderConfig].
final class Decoder implements Family {
    private static final String PREFIX = "model.";

    private final Task task;
    private final DecoderConfig config;
    private final Lookup words;
    private final List<DecoderLayer> layers = new ArrayList<>();
    private final RmsNorm norm;
    private final Head head;

    Decoder(DecoderConfig config, ConfigFile file, Task task, WeightFiles files) {
        this.task = task;
        this.config = config;
        String prefix = task == Task.ENCODE ? "" : PREFIX;
        String name = prefix + "embed_tokens";
        boolean asked = file.flag("tie_word_embeddings", config.tiedByDefault());
        boolean tied = task == Task.CAUSAL_LANGUAGE && files.tied(asked, Head.WORDS, name + ".weight");
        words = new Lookup(name, config.vocabulary(), config.hidden(), config.padding(), tied);
        for (int i = 0; i < config.layers().size(); i++) {
            layers.add(DecoderLayer.of(prefix + "layers." + i + ".", config));
        }
        norm = new RmsNorm(prefix + "norm", config.hidden(), config.epsilon(), config.gemma());
        double share = file.share("classifier_dropout", file.share("hidden_dropout", 0.1));
        head = Head.of(task, file, words, tied, new Dropout(share));
    }

    @Override
    public Task task() {
        return task;
    }

    @Override
    public void declare(Weights.Layout layout) {
        words.declare(layout);
        layers.forEach(layer -> layer.declare(layout));
        norm.declare(layout);
        head.declare(layout);
    }

    @Override
    public Map<String, Tensor> forward(Pass pass, Map<String, Tensor> inputs) {
        Tensor ids = Inputs.ids(inputs);
        int time = (int) ids.size(1);
        Tensor x = words.forward(pass, ids);
        if (config.gemma()) {
            x = x.mul(new Scalar((float) Math.sqrt(config.hidden())));
        }
        Map<Mask.Sight, Mask> masks = new HashMap<>();
        Map<Rotary, Rotary.Angles> angles = new HashMap<>();
        Tensor tokens = inputs.get(Inputs.MASK);
        for (int i = 0; i < layers.size(); i++) {
            DecoderConfig.Layer kind = config.layers().get(i);
            Mask mask = masks.computeIfAbsent(kind.sight(), sight -> Mask.of(time, sight, tokens));
            Rotary.Angles turn = angles.computeIfAbsent(kind.rotary(), rotary -> rotary.angles(time));
            x = layers.get(i).forward(pass, x, mask, turn);
        }
        x = norm.forward(pass, x);
        Map<String, Tensor> outputs = new LinkedHashMap<>();
        outputs.put(Outputs.STATES, x);
        head.answer(pass, x, ids, outputs);
        return outputs;
    }

    /// Language models of this kind are served from their weights, never from a graph.
    @Override
    public Map<String, String> onnx(OnnxGraph graph, Weights weights, Map<String, String> inputs) {
        throw new ProblemException(Problem.of(
                "model.no_graph", "A decoder with turned positions is not written as ONNX; write its folder instead."));
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
}
