package dev.sampan.training.internal.recommend;

import static dev.sampan.model.onnx.Attributes.attribute;

import dev.sampan.model.onnx.OnnxGraph;
import java.util.List;

/// A fitted method: from a history to a score for each thing.
sealed interface Scorer {
    /// Adds the computation to a graph.
    ///
    /// @param history name of (batch, items) FLOAT, 0 or 1
    /// @return name of the scores, (batch, items) FLOAT
    String add(OnnxGraph graph, String history);

    /// The same scores for everybody.
    record Constant(float[] scores) implements Scorer {
        @Override
        public String add(OnnxGraph graph, String history) {
            String row = graph.floats("popularity.scores", new long[] {1, scores.length}, scores);
            String none =
                    graph.node("Mul", List.of(history, graph.floats("popularity.zero", new long[] {1}, new float[1])));
            return graph.node("Add", List.of(none, row));
        }
    }

    /// Scores = history · weights.
    ///
    /// @param weights (items, items) in row order: from a thing of the history to a thing that is scored
    record Linear(float[] weights, int items) implements Scorer {
        @Override
        public String add(OnnxGraph graph, String history) {
            return graph.node(
                    "MatMul", List.of(history, graph.floats("item.weight", new long[] {items, items}, weights)));
        }
    }

    /// A user is the sum of its things' vectors over a power of their number: scores = (history · p) / nᵃ · qᵀ + bias.
    ///
    /// @param p (items, width)
    /// @param q (items, width)
    /// @param bias (items)
    /// @param power a
    record Vectors(float[] p, float[] q, float[] bias, int width, float power) implements Scorer {
        @Override
        public String add(OnnxGraph graph, String history) {
            int items = bias.length;
            String sum = graph.node(
                    "MatMul", List.of(history, graph.floats("history.weight", new long[] {items, width}, p)));
            String user = graph.node("Div", List.of(sum, powered(graph, history)));
            return graph.node(
                    "Gemm",
                    List.of(
                            user,
                            graph.floats("item.weight", new long[] {items, width}, q),
                            graph.floats("item.bias", new long[] {items}, bias)),
                    attribute("transB", 1));
        }

        private String powered(OnnxGraph graph, String history) {
            String one = graph.floats("history.one", new long[] {1}, new float[] {1});
            String count = graph.node("Max", List.of(Graphs.count(graph, history, "history"), one));
            return graph.node(
                    "Pow", List.of(count, graph.floats("history.power", new long[] {1}, new float[] {power})));
        }
    }

    /// A user's vector solves (QᵀQ + α Qᵀ diag(history) Q + λ I) u = (1 + α) Qᵀ history, by some steps of conjugate
    /// gradients from 0 (Hu, Koren and Volinsky 2008, equation 4; Takács et al. 2011 for the gradients).
    ///
    /// @param q (items, width)
    /// @param square QᵀQ + λ I, (width, width)
    record LeastSquares(float[] q, float[] square, int width, float alpha) implements Scorer {
        private static final int STEPS = 12;

        @Override
        public String add(OnnxGraph graph, String history) {
            return new LeastSquaresGraph(graph, history, this).scores(STEPS);
        }

        int items() {
            return q.length / width;
        }
    }
}
