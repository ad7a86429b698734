package dev.sampan.network.families;

import dev.sampan.compute.Pass;
import dev.sampan.compute.Weights;
import dev.sampan.network.layers.Activation;
import dev.sampan.network.layers.Attention;
import dev.sampan.network.layers.Linear;
import dev.sampan.network.layers.Mask;
import dev.sampan.network.layers.RmsNorm;
import dev.sampan.network.layers.Rotary;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/// One layer of a decoder: attention over turned queries and keys, gated feed-forward; each normed before, in
/// Gemma after as well, and added.
record DecoderLayer(Norms norms, Look look, Gate gate) {
    /// @param after the attention, in Gemma alone; there `feed` is before the feed-forward and `last` after it
    record Norms(
            RmsNorm before,
            @Nullable RmsNorm after,
            RmsNorm feed,
            @Nullable RmsNorm last) {}

    /// @param queryNorm and keyNorm over each head, in Qwen3 and Gemma
    record Look(
            Linear q,
            Linear k,
            Linear v,
            Linear o,
            @Nullable RmsNorm queryNorm,
            @Nullable RmsNorm keyNorm,
            Attention attention) {}

    /// down(f(gate x) · up x).
    record Gate(Linear gate, Linear up, Linear down, Activation activation) {}

    static DecoderLayer of(String name, DecoderConfig config) {
        int hidden = config.hidden();
        RmsNorm second = norm(name + "post_attention_layernorm", hidden, config);
        Norms norms = config.gemma()
                ? new Norms(
                        norm(name + "input_layernorm", hidden, config),
                        second,
                        norm(name + "pre_feedforward_layernorm", hidden, config),
                        norm(name + "post_feedforward_layernorm", hidden, config))
                : new Norms(norm(name + "input_layernorm", hidden, config), null, second, null);
        Attention attention = config.attention();
        int wide = attention.heads() * attention.headSize();
        int narrow = attention.keyHeads() * attention.headSize();
        String self = name + "self_attn.";
        int size = attention.headSize();
        Look look = new Look(
                Linear.of(self + "q_proj", hidden, wide, config.biases().queries()),
                Linear.of(self + "k_proj", hidden, narrow, config.biases().queries()),
                Linear.of(self + "v_proj", hidden, narrow, config.biases().queries()),
                Linear.of(self + "o_proj", wide, hidden, config.biases().mixed()),
                config.headNorms() ? norm(self + "q_norm", size, config) : null,
                config.headNorms() ? norm(self + "k_norm", size, config) : null,
                attention);
        int inner = config.intermediate();
        boolean bias = config.biases().feed();
        Gate gate = new Gate(
                Linear.of(name + "mlp.gate_proj", hidden, inner, bias),
                Linear.of(name + "mlp.up_proj", hidden, inner, bias),
                Linear.of(name + "mlp.down_proj", inner, hidden, bias),
                config.activation());
        return new DecoderLayer(norms, look, gate);
    }

    private static RmsNorm norm(String name, int width, DecoderConfig config) {
        return new RmsNorm(name, width, config.epsilon(), config.gemma());
    }

    void declare(Weights.Layout layout) {
        norms.before.declare(layout);
        look.q.declare(layout);
        look.k.declare(layout);
        look.v.declare(layout);
        look.o.declare(layout);
        declare(look.queryNorm, layout);
        declare(look.keyNorm, layout);
        declare(norms.after, layout);
        norms.feed.declare(layout);
        gate.gate.declare(layout);
        gate.up.declare(layout);
        gate.down.declare(layout);
        declare(norms.last, layout);
    }

    private static void declare(@Nullable RmsNorm norm, Weights.Layout layout) {
        if (norm != null) {
            norm.declare(layout);
        }
    }

    /// @param x (rows, time, hidden)
    Tensor forward(Pass pass, Tensor x, Mask mask, Rotary.Angles angles) {
        Tensor y = x.add(normed(norms.after, pass, mixed(pass, norms.before.forward(pass, x), mask, angles)));
        Tensor z = norms.feed.forward(pass, y);
        Tensor bent = gate.activation.forward(gate.gate.forward(pass, z));
        Tensor fed = gate.down.forward(pass, bent.mul(gate.up.forward(pass, z)));
        return y.add(normed(norms.last, pass, fed));
    }

    private Tensor mixed(Pass pass, Tensor x, Mask mask, Rotary.Angles angles) {
        Attention attention = look.attention;
        Tensor q = attention.split(look.q.forward(pass, x), attention.heads()); // (rows, heads, time, size)
        Tensor k = attention.split(look.k.forward(pass, x), attention.keyHeads());
        Tensor v = attention.split(look.v.forward(pass, x), attention.keyHeads());
        Tensor turnedQ = angles.turn(normed(look.queryNorm, pass, q));
        Tensor turnedK = angles.turn(normed(look.keyNorm, pass, k));
        return look.o.forward(pass, attention.forward(turnedQ, turnedK, v, mask, pass));
    }

    private static Tensor normed(@Nullable RmsNorm norm, Pass pass, Tensor x) {
        return norm == null ? x : norm.forward(pass, x);
    }
}
