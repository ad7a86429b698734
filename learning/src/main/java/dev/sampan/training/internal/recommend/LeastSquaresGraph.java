package dev.sampan.training.internal.recommend;

import static dev.sampan.model.onnx.Attributes.attribute;

import dev.sampan.model.onnx.OnnxGraph;
import java.util.List;

/// The steps of conjugate gradients (Hestenes and Stiefel 1952) for [Scorer.LeastSquares], written out, rows beside
/// each
/// other: an ONNX graph has no solver.
final class LeastSquaresGraph {
    private final OnnxGraph graph;
    private final String history;
    private final String q; // (items, width)
    private final String transposed; // (width, items)
    private final String square; // (width, width)
    private final String alpha;
    private final String tiny;
    private final String axes;
    private final String goal; // (batch, width): (1 + α) history · q

    LeastSquaresGraph(OnnxGraph graph, String history, Scorer.LeastSquares fitted) {
        this.graph = graph;
        this.history = history;
        q = graph.floats("item.weight", new long[] {fitted.items(), fitted.width()}, fitted.q());
        transposed = graph.node("Transpose", List.of(q), attribute("perm", List.of(1L, 0L)));
        square = graph.floats("item.square", new long[] {fitted.width(), fitted.width()}, fitted.square());
        alpha = scalar("alpha", fitted.alpha());
        tiny = scalar("tiny", 1e-12f);
        axes = graph.longs("width.axes", new long[] {1}, 1);
        goal = node("Mul", node("MatMul", history, q), scalar("confidence", 1 + fitted.alpha()));
    }

    String scores(int steps) {
        String user = node("Sub", goal, goal); // 0, as wide as the batch
        String rest = goal;
        String direction = goal;
        String length = dot(rest, rest);
        for (int step = 0; step < steps; step++) {
            String applied = applied(direction);
            String far = node("Div", length, node("Add", dot(direction, applied), tiny));
            user = node("Add", user, node("Mul", direction, far));
            rest = node("Sub", rest, node("Mul", applied, far));
            String next = dot(rest, rest);
            String share = node("Div", next, node("Add", length, tiny));
            direction = node("Add", rest, node("Mul", direction, share));
            length = next;
        }
        return node("MatMul", user, transposed);
    }

    /// (QᵀQ + λ I + α Qᵀ diag(history) Q) x
    private String applied(String x) {
        String weighted = node("Mul", node("Mul", node("MatMul", x, transposed), history), alpha);
        return node("Add", node("MatMul", x, square), node("MatMul", weighted, q));
    }

    private String dot(String a, String b) {
        return graph.node("ReduceSum", List.of(node("Mul", a, b), axes), attribute("keepdims", 1));
    }

    private String scalar(String name, float value) {
        return graph.floats(name, new long[] {1}, new float[] {value});
    }

    private String node(String operator, String... inputs) {
        return graph.node(operator, List.of(inputs));
    }
}
