package dev.sampan.network.families;

import dev.sampan.compute.Pass;
import dev.sampan.compute.Weights;
import dev.sampan.model.onnx.OnnxGraph;
import dev.sampan.network.layers.Activation;
import dev.sampan.network.layers.Attention;
import dev.sampan.network.layers.Dropout;
import dev.sampan.network.layers.Linear;
import dev.sampan.network.layers.Mask;
import dev.sampan.network.layers.RelativePositions;
import dev.sampan.network.layers.RmsNorm;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/// The encoder or the decoder of T5. The summands by distance are learned once, in the first layer, and added
/// in all.
record T5Stack(boolean decodes, List<Block> blocks, RelativePositions distances, RmsNorm norm, Dropout dropout) {
    private static final String UP = "wi";

    /// What a stack reads beside its own vectors.
    ///
    /// @param tokens (rows, time), 1 where a token stands; null when there is no padding
    /// @param read (rows, source time, width) from the encoder, for a decoder
    /// @param mask of what was read
    record Seen(
            @Nullable Tensor tokens,
            @Nullable Tensor read,
            @Nullable Mask mask) {}

    /// @param name `encoder` or `decoder`
    static T5Stack of(String name, ConfigFile config, int layers, Dropout dropout) {
        boolean decodes = name.equals("decoder");
        int width = config.size("d_model", 512);
        int heads = config.size("num_heads", 8);
        int buckets = config.whole("relative_attention_num_buckets", 32, decodes ? 2 : 4);
        int farthest = config.size("relative_attention_max_distance", 128);
        if (farthest <= (decodes ? buckets / 2 : buckets / 4)) {
            throw config.refused("relative_attention_max_distance", "is too near for its buckets");
        }
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < layers; i++) {
            blocks.add(Block.of(name + ".block." + i + ".layer.", config, decodes, dropout));
        }
        String first = name + ".block.0.layer.0.SelfAttention.relative_attention_bias";
        double epsilon = config.positive("layer_norm_epsilon", 1e-6);
        return new T5Stack(
                decodes,
                List.copyOf(blocks),
                new RelativePositions(first, buckets, farthest, heads, !decodes),
                new RmsNorm(name + ".final_layer_norm", width, epsilon, false),
                dropout);
    }

    void declare(Weights.Layout layout) {
        distances.declare(layout);
        blocks.forEach(block -> block.declare(layout));
        norm.declare(layout);
    }

    /// @param vectors (rows, time, width)
    Tensor forward(Pass pass, Tensor vectors, Seen seen) {
        long time = vectors.size(1);
        Tensor summand = distances.forward(pass, (int) time, (int) time);
        Mask mask = Mask.of(time, new Mask.Sight(decodes, 0), seen.tokens).plus(summand, time);
        Tensor x = dropout.forward(pass, vectors);
        for (Block block : blocks) {
            x = block.forward(pass, x, mask, seen);
        }
        return dropout.forward(pass, norm.forward(pass, x));
    }

    /// The same of a graph's values.
    ///
    /// @param ids (rows, time)
    /// @param mask of its own places
    record Names(
            String ids,
            String mask,
            @Nullable String read,
            @Nullable String readMask) {}

    String onnx(OnnxGraph graph, Weights weights, String vectors, Names seen) {
        String queries = Graphs.queries(graph, seen.ids);
        String summand = distances.onnx(graph, weights, queries, Graphs.places(graph, seen.ids));
        String mask = graph.node("Add", List.of(summand, seen.mask));
        String x = vectors;
        for (Block block : blocks) {
            x = block.onnx(graph, weights, x, mask, seen);
        }
        return norm.onnx(graph, weights, x);
    }

    /// One layer: itself, what was read, feed-forward; each normed before and added after.
    private record Block(Look self, @Nullable Look across, RmsNorm norm, Feed feed, Dropout dropout) {
        static Block of(String name, ConfigFile config, boolean decodes, Dropout dropout) {
            int width = config.size("d_model", 512);
            double epsilon = config.positive("layer_norm_epsilon", 1e-6);
            int last = decodes ? 2 : 1;
            return new Block(
                    Look.of(name + 0, "SelfAttention", config, dropout),
                    decodes ? Look.of(name + 1, "EncDecAttention", config, dropout) : null,
                    new RmsNorm(name + last + ".layer_norm", width, epsilon, false),
                    Feed.of(name + last + ".DenseReluDense.", config, dropout),
                    dropout);
        }

        void declare(Weights.Layout layout) {
            self.declare(layout);
            if (across != null) {
                across.declare(layout);
            }
            norm.declare(layout);
            feed.declare(layout);
        }

        Tensor forward(Pass pass, Tensor x, Mask mask, Seen seen) {
            Tensor y = self.forward(pass, x, null, mask);
            if (across != null && seen.read != null && seen.mask != null) {
                y = across.forward(pass, y, seen.read, seen.mask);
            }
            Tensor fed = feed.forward(pass, norm.forward(pass, y));
            return y.add(dropout.forward(pass, fed));
        }

        String onnx(OnnxGraph graph, Weights weights, String x, String mask, Names seen) {
            String y = self.onnx(graph, weights, x, null, mask);
            if (across != null && seen.read != null && seen.readMask != null) {
                y = across.onnx(graph, weights, y, seen.read, seen.readMask);
            }
            String fed = feed.onnx(graph, weights, norm.onnx(graph, weights, y));
            return graph.node("Add", List.of(y, fed));
        }
    }

    /// Attention with its norm.
    private record Look(RmsNorm norm, Linear q, Linear k, Linear v, Linear o, Attention attention, Dropout dropout) {
        static Look of(String layer, String kind, ConfigFile config, Dropout dropout) {
            int width = config.size("d_model", 512);
            int heads = config.size("num_heads", 8);
            int size = config.size("d_kv", 64);
            String name = layer + "." + kind + ".";
            return new Look(
                    new RmsNorm(layer + ".layer_norm", width, config.positive("layer_norm_epsilon", 1e-6), false),
                    Linear.of(name + "q", width, heads * size, false),
                    Linear.of(name + "k", width, heads * size, false),
                    Linear.of(name + "v", width, heads * size, false),
                    Linear.of(name + "o", heads * size, width, false),
                    new Attention(
                            heads, heads, size, 1, new Dropout(config.share("attention_dropout", dropout.share()))),
                    dropout);
        }

        void declare(Weights.Layout layout) {
            norm.declare(layout);
            q.declare(layout);
            k.declare(layout);
            v.declare(layout);
            o.declare(layout);
        }

        /// @param read null for x itself
        Tensor forward(Pass pass, Tensor x, @Nullable Tensor read, Mask mask) {
            Tensor normed = norm.forward(pass, x);
            Tensor source = read == null ? normed : read;
            int heads = attention.heads();
            Tensor seen = attention.forward(
                    attention.split(q.forward(pass, normed), heads),
                    attention.split(k.forward(pass, source), heads),
                    attention.split(v.forward(pass, source), heads),
                    mask,
                    pass);
            return x.add(dropout.forward(pass, o.forward(pass, seen)));
        }

        String onnx(OnnxGraph graph, Weights weights, String x, @Nullable String read, String mask) {
            String normed = norm.onnx(graph, weights, x);
            String source = read == null ? normed : read;
            String seen = attention.onnx(
                    graph,
                    q.onnx(graph, weights, normed),
                    k.onnx(graph, weights, source),
                    v.onnx(graph, weights, source),
                    mask);
            return graph.node("Add", List.of(x, o.onnx(graph, weights, seen)));
        }
    }

    /// Up, bent, down; gated where there is a second way up.
    private record Feed(Linear up, @Nullable Linear gated, Activation activation, Linear down, Dropout dropout) {
        static Feed of(String name, ConfigFile config, Dropout dropout) {
            String kind = config.text("feed_forward_proj", "relu");
            boolean gated = kind.startsWith("gated-");
            String function = gated ? kind.substring("gated-".length()) : kind;
            if (kind.equals("gated-gelu")) {
                function = "gelu_new"; // what T5 1.1 means by it
            }
            Activation activation = Activation.named(function)
                    .orElseThrow(() -> config.refused("feed_forward_proj", "is no function this version has"));
            int width = config.size("d_model", 512);
            int wide = config.size("d_ff", 2048);
            return new Feed(
                    Linear.of(name + (gated ? UP + "_0" : UP), width, wide, false),
                    gated ? Linear.of(name + UP + "_1", width, wide, false) : null,
                    activation,
                    Linear.of(name + "wo", wide, width, false),
                    dropout);
        }

        void declare(Weights.Layout layout) {
            up.declare(layout);
            if (gated != null) {
                gated.declare(layout);
            }
            down.declare(layout);
        }

        Tensor forward(Pass pass, Tensor x) {
            Tensor wide = activation.forward(up.forward(pass, x));
            if (gated != null) {
                wide = wide.mul(gated.forward(pass, x));
            }
            return down.forward(pass, dropout.forward(pass, wide));
        }

        String onnx(OnnxGraph graph, Weights weights, String x) {
            String wide = activation.onnx(graph, up.onnx(graph, weights, x));
            if (gated != null) {
                wide = graph.node("Mul", List.of(wide, gated.onnx(graph, weights, x)));
            }
            return down.onnx(graph, weights, wide);
        }
    }
}
