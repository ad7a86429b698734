package dev.sampan.training.internal.tabular;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.sampan.data.ColumnFeatures;
import dev.sampan.data.Target;
import dev.sampan.model.Trees;
import dev.sampan.model.onnx.ElementType;
import dev.sampan.model.onnx.OnnxGraph;
import dev.sampan.model.onnx.TreeEnsemble;
import dev.sampan.network.OnnxOutputs;
import java.util.List;

/// Trees as a package's graph, for readers that have no walker of ours. Of two classes the score s is the logit of the
/// second; their logits are 0 and s.
final class TreeGraph {
    private TreeGraph() {}

    static ModelProto of(Trees trees, Target target) {
        OnnxGraph graph = new OnnxGraph("trees");
        String numbers =
                graph.input(ColumnFeatures.NUMBERS, ElementType.FLOAT, "batch", Integer.toString(trees.features()));
        String scores = TreeEnsemble.add(graph, trees, numbers);
        int labels = target.labels().size();
        if (labels == 0) {
            graph.node("Identity", List.of(scores), List.of("value"));
            graph.output("value", ElementType.FLOAT, "batch", "1");
        } else {
            String logits = labels > 2
                    ? scores
                    : graph.node("Mul", List.of(scores, graph.floats("second", new long[] {1, 2}, new float[] {0, 1})));
            OnnxOutputs.declare(graph, logits, labels);
        }
        return graph.toModel();
    }
}
