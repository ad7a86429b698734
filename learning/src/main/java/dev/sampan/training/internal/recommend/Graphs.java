package dev.sampan.training.internal.recommend;

import static dev.sampan.model.onnx.Attributes.attribute;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.sampan.data.InteractionFeatures;
import dev.sampan.data.Target;
import dev.sampan.model.onnx.ElementType;
import dev.sampan.model.onnx.OnnxGraph;
import java.util.List;

/// The whole graph of a recommender around its method: who has no history gets what is popular, and what was had before
/// is left out.
final class Graphs {
    private Graphs() {}

    /// @param popularity (items), the scores where there is no history
    static ModelProto of(Scorer scorer, float[] popularity, boolean excludeSeen) {
        String items = Integer.toString(popularity.length);
        OnnxGraph graph = new OnnxGraph("recommender");
        String history = graph.input(InteractionFeatures.HISTORY, ElementType.FLOAT, "batch", items);
        String scores = scorer.add(graph, history);
        String zero = graph.floats("zero", new long[] {1}, new float[1]);
        String known = graph.node("Greater", List.of(count(graph, history, "cold"), zero));
        String popular = graph.floats("cold.popularity", new long[] {1, popularity.length}, popularity);
        String warm = graph.node("Where", List.of(known, scores, popular));
        if (excludeSeen) {
            String seen = graph.node("Greater", List.of(history, zero));
            String never = graph.floats("never", new long[] {1}, new float[] {Target.Items.NEVER});
            warm = graph.node("Where", List.of(seen, never, warm));
        }
        graph.node("Identity", List.of(warm), List.of("scores"));
        graph.output("scores", ElementType.FLOAT, "batch", items);
        return graph.toModel();
    }

    /// How many things a history holds, (batch, 1).
    static String count(OnnxGraph graph, String history, String prefix) {
        String axes = graph.longs(prefix + ".axes", new long[] {1}, 1);
        return graph.node("ReduceSum", List.of(history, axes), attribute("keepdims", 1));
    }
}
