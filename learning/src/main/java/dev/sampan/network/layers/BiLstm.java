package dev.sampan.network.layers;

import static dev.sampan.model.onnx.Attributes.attribute;

import dev.sampan.compute.Pass;
import dev.sampan.compute.Weights;
import dev.sampan.model.onnx.ElementType;
import dev.sampan.model.onnx.OnnxGraph;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/// A bidirectional LSTM and the maximum of its states over time (Hochreiter and Schmidhuber 1997; Collobert et al.
/// 2011):
///
/// ```
/// i, f, g, o = σ(·), σ(·), tanh(·), σ(·) of W x_t + b + R h_{t−1} + d        c_t = f c_{t−1} + i g      h_t = o tanh
/// c_t
/// ```
///
/// The backward direction reads each text from its last token to its first, so the two directions are two plain LSTMs
/// over texts that both end in padding. What stands before the padding never sees it, and the maximum leaves it out;
/// the order in time is of no consequence to a maximum, so nothing needs turning round afterwards. This takes
/// libtorch's fused LSTM, which packed sequences do not (measured: twice the rows a second).
public record BiLstm(String name, int inputs, int hidden) {
    private static final List<String> KINDS = List.of("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0");
    private static final List<String> DIRECTIONS = List.of("", "_reverse");

    public void declare(Weights.Layout layout) {
        for (String direction : DIRECTIONS) {
            layout.add(weight(0, direction), 4L * hidden, inputs)
                    .add(weight(1, direction), 4L * hidden, hidden)
                    .add(weight(2, direction), 4L * hidden)
                    .add(weight(3, direction), 4L * hidden);
        }
    }

    /// Uniform within ±1/√hidden, as `torch.nn.LSTM`.
    public void initialise(Weights weights, Initial initial) {
        for (String direction : DIRECTIONS) {
            for (int kind = 0; kind < KINDS.size(); kind++) {
                initial.uniform(weights, weight(kind, direction), 1 / Math.sqrt(hidden));
            }
        }
    }

    /// @param x (time, rows, inputs)
    /// @param reversed the same with each text turned round in front of its padding
    /// @param padding (time, rows, 1), true behind a text's end; null when there is none
    /// @return (rows, 2 · hidden)
    public Tensor forward(Pass pass, Tensor x, Tensor reversed, @Nullable Tensor padding) {
        Tensor zero = torch.zeros(1, x.size(1), hidden);
        TensorVector start = new TensorVector(zero, zero);
        Tensor there = pooled(pass, x, start, padding, DIRECTIONS.get(0));
        Tensor back = pooled(pass, reversed, start, padding, DIRECTIONS.get(1));
        return torch.cat(new TensorVector(there, back), 1);
    }

    private Tensor pooled(Pass pass, Tensor x, TensorVector start, @Nullable Tensor padding, String direction) {
        TensorVector own = new TensorVector(
                pass.weight(weight(0, direction)),
                pass.weight(weight(1, direction)),
                pass.weight(weight(2, direction)),
                pass.weight(weight(3, direction)));
        Tensor states =
                torch.lstm(x, start, own, true, 1, 0.0, true, false, false).get0(); // (time, rows, hidden)
        // h lies within (-1, 1)
        Tensor shown = padding == null ? states : states.masked_fill(padding, new Scalar(-2.0f));
        return torch.max(shown, 0).get0();
    }

    /// @param x (rows, time, inputs)
    /// @param mask (rows, time) of 64-bit integers, 1 where a token stands
    /// @return name of the maxima (rows, 2 · hidden)
    public String onnx(OnnxGraph graph, Weights weights, String x, String mask) {
        String byTime = graph.node("Transpose", List.of(x), attribute("perm", List.of(1L, 0L, 2L)));
        String sum = graph.node(
                "ReduceSum", List.of(mask, graph.longs(name + ".axis", new long[] {1}, 1)), attribute("keepdims", 0));
        String lengths = graph.node("Cast", List.of(sum), attribute("to", ElementType.INT32.code()));
        String states = graph.node( // (time, 2, rows, hidden)
                "LSTM",
                List.of(
                        byTime,
                        stacked(graph, weights, 0, name + ".W", 4L * hidden, inputs),
                        stacked(graph, weights, 1, name + ".R", 4L * hidden, hidden),
                        biases(graph, weights),
                        lengths),
                attribute("hidden_size", hidden),
                attribute("direction", "bidirectional"));
        String byRow = graph.node("Transpose", List.of(states), attribute("perm", List.of(2L, 0L, 1L, 3L)));
        String shape = graph.longs(name + ".shape", new long[] {3}, 0, 0, 2L * hidden);
        String flat = graph.node("Reshape", List.of(byRow, shape)); // (rows, time, 2 · hidden)
        String stands = graph.node("Cast", List.of(mask), attribute("to", ElementType.BOOL.code()));
        String column = graph.node("Unsqueeze", List.of(stands, graph.longs(name + ".last", new long[] {1}, 2)));
        String least = graph.floats(name + ".least", new long[] {}, new float[] {-2});
        String shown = graph.node("Where", List.of(column, flat, least));
        return graph.node("ReduceMax", List.of(shown), attribute("axes", List.of(1L)), attribute("keepdims", 0));
    }

    private String stacked(OnnxGraph graph, Weights weights, int kind, String as, long rows, long columns) {
        float[] both = new float[Math.toIntExact(2 * rows * columns)];
        for (int d = 0; d < 2; d++) {
            float[] one = inOnnxOrder(Constants.values(weights, weight(kind, DIRECTIONS.get(d))));
            System.arraycopy(one, 0, both, d * one.length, one.length);
        }
        return graph.floats(as, new long[] {2, rows, columns}, both);
    }

    private String biases(OnnxGraph graph, Weights weights) {
        float[] all = new float[2 * 8 * hidden];
        for (int d = 0; d < 2; d++) {
            for (int kind = 2; kind < 4; kind++) {
                float[] one = inOnnxOrder(Constants.values(weights, weight(kind, DIRECTIONS.get(d))));
                System.arraycopy(one, 0, all, (d * 2 + kind - 2) * one.length, one.length);
            }
        }
        return graph.floats(name + ".B", new long[] {2, 8L * hidden}, all);
    }

    /// torch keeps the gates as i, f, g, o; ONNX as i, o, f, c (its c is torch's g).
    private static float[] inOnnxOrder(float[] gates) {
        int gate = gates.length / 4;
        float[] ordered = new float[gates.length];
        int[] order = {0, 3, 1, 2};
        for (int k = 0; k < 4; k++) {
            System.arraycopy(gates, order[k] * gate, ordered, k * gate, gate);
        }
        return ordered;
    }

    private String weight(int kind, String direction) {
        return name + "." + KINDS.get(kind) + direction;
    }
}
