package dev.sampan.network.families;

import dev.sampan.compute.Pass;
import dev.sampan.compute.Weights;
import dev.sampan.model.onnx.OnnxGraph;
import dev.sampan.network.layers.Activation;
import dev.sampan.network.layers.Attention;
import dev.sampan.network.layers.Dropout;
import dev.sampan.network.layers.LayerNorm;
import dev.sampan.network.layers.Linear;
import dev.sampan.network.layers.Mask;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/// One layer of BERT: attention and feed-forward, each added to what it read and normed.
record BertLayer(Projections in, Attention attention, Linear mixed, LayerNorm norm, Feed feed, Dropout dropout) {
    /// To queries, keys and values.
    record Projections(Linear query, Linear key, Linear value) {}

    /// Up, bent, down, normed.
    record Feed(Linear up, Activation activation, Linear down, LayerNorm norm) {}

    static BertLayer of(String name, ConfigFile config, int hidden, double epsilon) {
        int heads = config.size("num_attention_heads", 12);
        if (hidden % heads != 0) {
            throw config.refused("num_attention_heads", "does not divide hidden_size = " + hidden);
        }
        int wide = config.size("intermediate_size", 3072);
        String self = name + ".attention.self.";
        Projections in = new Projections(
                Linear.of(self + "query", hidden, hidden, true),
                Linear.of(self + "key", hidden, hidden, true),
                Linear.of(self + "value", hidden, hidden, true));
        Feed feed = new Feed(
                Linear.of(name + ".intermediate.dense", hidden, wide, true),
                config.activation("hidden_act", "gelu"),
                Linear.of(name + ".output.dense", wide, hidden, true),
                new LayerNorm(name + ".output.LayerNorm", hidden, epsilon));
        return new BertLayer(
                in,
                Attention.plain(heads, hidden / heads, config.share("attention_probs_dropout_prob", 0.1)),
                Linear.of(name + ".attention.output.dense", hidden, hidden, true),
                new LayerNorm(name + ".attention.output.LayerNorm", hidden, epsilon),
                feed,
                new Dropout(config.share("hidden_dropout_prob", 0.1)));
    }

    void declare(Weights.Layout layout) {
        in.query.declare(layout);
        in.key.declare(layout);
        in.value.declare(layout);
        mixed.declare(layout);
        norm.declare(layout);
        feed.up.declare(layout);
        feed.down.declare(layout);
        feed.norm.declare(layout);
    }

    /// @param x (rows, time, hidden)
    Tensor forward(Pass pass, Tensor x, Mask mask) {
        int heads = attention.heads();
        Tensor seen = attention.forward(
                attention.split(in.query.forward(pass, x), heads),
                attention.split(in.key.forward(pass, x), heads),
                attention.split(in.value.forward(pass, x), heads),
                mask,
                pass);
        Tensor y = norm.forward(pass, x.add(dropout.forward(pass, mixed.forward(pass, seen))));
        Tensor wide = feed.activation.forward(feed.up.forward(pass, y));
        return feed.norm.forward(pass, y.add(dropout.forward(pass, feed.down.forward(pass, wide))));
    }

    /// @param x name of (rows, time, hidden)
    /// @param mask name of a summand of the scores
    String onnx(OnnxGraph graph, Weights weights, String x, String mask) {
        String seen = attention.onnx(
                graph,
                in.query.onnx(graph, weights, x),
                in.key.onnx(graph, weights, x),
                in.value.onnx(graph, weights, x),
                mask);
        String added = graph.node("Add", List.of(x, mixed.onnx(graph, weights, seen)));
        String y = norm.onnx(graph, weights, added);
        String wide = feed.activation.onnx(graph, feed.up.onnx(graph, weights, y));
        String sum = graph.node("Add", List.of(y, feed.down.onnx(graph, weights, wide)));
        return feed.norm.onnx(graph, weights, sum);
    }
}
