package dev.sampan.network.families;

import static dev.sampan.model.onnx.Attributes.attribute;

import dev.sampan.model.onnx.ElementType;
import dev.sampan.model.onnx.OnnxGraph;
import dev.sampan.network.layers.Constants;
import dev.sampan.network.layers.Mask;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Pieces that the graphs of several families share.
final class Graphs {
    private Graphs() {}

    /// 0, 1, 2, … for the places of a text.
    ///
    /// @param ids (rows, time)
    /// @return (time)
    static String places(OnnxGraph graph, String ids) {
        String shape = graph.node("Shape", List.of(ids));
        String time = graph.node("Gather", List.of(shape, Constants.whole(graph, 1)));
        return graph.node("Range", List.of(Constants.whole(graph, 0), time, Constants.whole(graph, 1)));
    }

    /// [Mask#HIDDEN] where a query would see what stands behind it, else 0.
    ///
    /// @return (time, time)
    static String causal(OnnxGraph graph, String ids) {
        String behind = graph.node("Less", List.of(queries(graph, ids), places(graph, ids)));
        return hidden(graph, behind);
    }

    /// The same for what stands `window` places away or farther, on either side.
    static String far(OnnxGraph graph, String ids, int window) {
        String away = graph.node("Abs", List.of(graph.node("Sub", List.of(queries(graph, ids), places(graph, ids)))));
        return hidden(graph, graph.node("Less", List.of(Constants.whole(graph, window - 1L), away)));
    }

    /// (time, 1)
    static String queries(OnnxGraph graph, String ids) {
        return graph.node("Unsqueeze", List.of(places(graph, ids), Constants.vector(graph, 1L)));
    }

    /// @param what (…) of truth values
    private static String hidden(OnnxGraph graph, String what) {
        String one = graph.node("Cast", List.of(what), attribute("to", ElementType.FLOAT.code()));
        return graph.node("Mul", List.of(one, Constants.scalar(graph, Mask.HIDDEN)));
    }

    /// What hides padding, and what else is to be hidden.
    ///
    /// @param tokens (rows, keys), 1 where a token stands
    /// @param more (queries, keys)
    /// @return (rows, 1, 1 or queries, keys)
    static String mask(OnnxGraph graph, String tokens, @Nullable String more) {
        String absent = hidden(graph, graph.node("Less", List.of(tokens, Constants.whole(graph, 1))));
        String wide = graph.node("Unsqueeze", List.of(absent, Constants.vector(graph, 1L, 2L)));
        return more == null ? wide : graph.node("Add", List.of(wide, more));
    }

    /// @param x (rows, time, hidden)
    /// @return (rows, hidden)
    static String first(OnnxGraph graph, String x) {
        return graph.node("Gather", List.of(x, Constants.whole(graph, 0)), attribute("axis", 1));
    }

    /// @param x (rows, time, hidden)
    /// @return (rows, hidden)
    static String mean(OnnxGraph graph, String x, String tokens) {
        String stands = graph.node("Cast", List.of(tokens), attribute("to", ElementType.FLOAT.code()));
        String column = graph.node("Unsqueeze", List.of(stands, Constants.vector(graph, 2L)));
        String over = Constants.vector(graph, 1L);
        String sum =
                graph.node("ReduceSum", List.of(graph.node("Mul", List.of(x, column)), over), attribute("keepdims", 0));
        String count = graph.node("ReduceSum", List.of(column, over), attribute("keepdims", 0));
        return graph.node("Div", List.of(sum, count));
    }

    /// x Wᵀ with a W that is in the graph already.
    static String timesTurned(OnnxGraph graph, String x, String w) {
        String turned = graph.node("Transpose", List.of(w), attribute("perm", List.of(1L, 0L)));
        return graph.node("MatMul", List.of(x, turned));
    }
}
