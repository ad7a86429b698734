package dev.sampan.network.layers;

import static dev.sampan.model.onnx.Attributes.attribute;

import dev.sampan.compute.Pass;
import dev.sampan.compute.Weights;
import dev.sampan.model.onnx.OnnxGraph;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// A recurrent layer with a state for each token, in one or both directions, with PyTorch's equations and names:
///
/// ```
/// RNN   h_t = tanh(W x_t + b + R h_{t−1} + d)
/// LSTM  i, f, g, o = σ, σ, tanh, σ of W x_t + b + R h_{t−1} + d      c_t = f c_{t−1} + i g      h_t = o tanh c_t
/// GRU   r, z = σ of W x_t + b + R h_{t−1} + d      n = tanh(W x_t + b + r (R h_{t−1} + d))
///       h_t = (1 − z) n + z h_{t−1}
/// ```
///
/// As in [BiLstm] the backward direction reads each text turned round in front of its padding, so that it begins with
/// the text's last token; its states are turned back. Behind a text's end the states mean nothing.
public record Recurrent(String name, Kind kind, int inputs, int hidden, boolean bidirectional) {
    private static final List<String> PARTS = List.of("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0");

    /// The cell.
    public enum Kind {
        RNN(1, "RNN", 0),
        /// torch keeps the gates as i, f, g, o; ONNX as i, o, f, c (its c is torch's g).
        LSTM(4, "LSTM", 0, 3, 1, 2),
        /// torch keeps them as r, z, n; ONNX as z, r, h.
        GRU(3, "GRU", 1, 0, 2);

        final int gates;
        final String operator;
        private final int[] order;

        Kind(int gates, String operator, int... order) {
            this.gates = gates;
            this.operator = operator;
            this.order = order;
        }
    }

    /// Width of the states.
    public int outputs() {
        return bidirectional ? 2 * hidden : hidden;
    }

    private List<String> directions() {
        return bidirectional ? List.of("", "_reverse") : List.of("");
    }

    public void declare(Weights.Layout layout) {
        long rows = (long) kind.gates * hidden;
        for (String direction : directions()) {
            layout.add(weight(0, direction), rows, inputs)
                    .add(weight(1, direction), rows, hidden)
                    .add(weight(2, direction), rows)
                    .add(weight(3, direction), rows);
        }
    }

    /// Uniform within ±1/√hidden, as PyTorch's layers.
    public void initialise(Weights weights, Initial initial) {
        for (String direction : directions()) {
            for (int part = 0; part < PARTS.size(); part++) {
                initial.uniform(weights, weight(part, direction), 1 / Math.sqrt(hidden));
            }
        }
    }

    /// @param x (time, rows, inputs)
    /// @param turned (time, rows) of 64-bit integers: for each place the one that stands there when a text is
    ///     turned round in front of its padding
    /// @return (time, rows, outputs)
    public Tensor forward(Pass pass, Tensor x, Tensor turned) {
        Tensor there = states(pass, x, "");
        if (!bidirectional) {
            return there;
        }
        Tensor back = states(pass, moved(x, turned), "_reverse");
        return torch.cat(new TensorVector(there, moved(back, turned)), 2);
    }

    /// Turning twice is the place itself, so one order serves both ways.
    private static Tensor moved(Tensor x, Tensor turned) {
        return x.gather(0, turned.unsqueeze(2).expand(x.size(0), x.size(1), x.size(2)));
    }

    private Tensor states(Pass pass, Tensor x, String direction) {
        Tensor zero = torch.zeros(1, x.size(1), hidden);
        TensorVector own = new TensorVector(
                pass.weight(weight(0, direction)),
                pass.weight(weight(1, direction)),
                pass.weight(weight(2, direction)),
                pass.weight(weight(3, direction)));
        return switch (kind) {
            case RNN ->
                torch.rnn_tanh(x, zero, own, true, 1, 0.0, true, false, false).get0();
            case LSTM ->
                torch.lstm(x, new TensorVector(zero, zero), own, true, 1, 0.0, true, false, false)
                        .get0();
            case GRU ->
                torch.gru(x, zero, own, true, 1, 0.0, true, false, false).get0();
        };
    }

    /// @param x (rows, time, inputs)
    /// @param lengths (rows) of 32-bit integers: tokens of each text
    /// @return name of the states (rows, time, outputs), zero behind a text's end
    public String onnx(OnnxGraph graph, Weights weights, String x, String lengths) {
        String byTime = graph.node("Transpose", List.of(x), attribute("perm", List.of(1L, 0L, 2L)));
        List<String> inputsOf = List.of(
                byTime,
                stacked(graph, weights, 0, name + ".W", inputs),
                stacked(graph, weights, 1, name + ".R", hidden),
                biases(graph, weights),
                lengths);
        String direction = bidirectional ? "bidirectional" : "forward";
        String states = kind == Kind.GRU // (time, directions, rows, hidden)
                ? graph.node(
                        kind.operator,
                        inputsOf,
                        attribute("hidden_size", hidden),
                        attribute("direction", direction),
                        attribute("linear_before_reset", 1))
                : graph.node(
                        kind.operator, inputsOf, attribute("hidden_size", hidden), attribute("direction", direction));
        String byRow = graph.node("Transpose", List.of(states), attribute("perm", List.of(2L, 0L, 1L, 3L)));
        return graph.node("Reshape", List.of(byRow, graph.longs(name + ".shape", new long[] {3}, 0, 0, outputs())));
    }

    private String stacked(OnnxGraph graph, Weights weights, int part, String as, int columns) {
        List<String> directions = directions();
        int size = kind.gates * hidden * columns;
        float[] all = new float[directions.size() * size];
        for (int d = 0; d < directions.size(); d++) {
            float[] one = inOnnxOrder(Constants.values(weights, weight(part, directions.get(d))));
            System.arraycopy(one, 0, all, d * size, size);
        }
        return graph.floats(as, new long[] {directions.size(), (long) kind.gates * hidden, columns}, all);
    }

    private String biases(OnnxGraph graph, Weights weights) {
        List<String> directions = directions();
        int size = kind.gates * hidden;
        float[] all = new float[directions.size() * 2 * size];
        for (int d = 0; d < directions.size(); d++) {
            for (int part = 2; part < 4; part++) {
                float[] one = inOnnxOrder(Constants.values(weights, weight(part, directions.get(d))));
                System.arraycopy(one, 0, all, (d * 2 + part - 2) * size, size);
            }
        }
        return graph.floats(name + ".B", new long[] {directions.size(), 2L * size}, all);
    }

    private float[] inOnnxOrder(float[] gates) {
        int gate = gates.length / kind.gates;
        float[] ordered = new float[gates.length];
        for (int k = 0; k < kind.gates; k++) {
            System.arraycopy(gates, kind.order[k] * gate, ordered, k * gate, gate);
        }
        return ordered;
    }

    private String weight(int part, String direction) {
        return name + "." + PARTS.get(part) + direction;
    }
}
