package dev.sampan.network;

import static dev.sampan.model.onnx.Attributes.attribute;

import dev.sampan.model.onnx.ElementType;
import dev.sampan.model.onnx.OnnxGraph;
import java.util.List;

/// The outputs of every classifier's graph.
public final class OnnxOutputs {
    private OnnxOutputs() {}

    /// Declares `logits` and `probabilities` (batch, labels).
    public static void declare(OnnxGraph graph, String logits, int labels) {
        graph.node("Identity", List.of(logits), List.of("logits"));
        graph.node("Softmax", List.of("logits"), List.of("probabilities"), attribute("axis", -1));
        graph.output("logits", ElementType.FLOAT, "batch", Integer.toString(labels));
        graph.output("probabilities", ElementType.FLOAT, "batch", Integer.toString(labels));
    }
}
