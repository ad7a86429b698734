package dev.sampan.network.layers;

import dev.sampan.compute.Weights;
import dev.sampan.model.onnx.OnnxGraph;
import java.util.Arrays;

/// Weights as constants of a graph, under their own names.
final class Constants {
    private Constants() {}

    static String of(OnnxGraph graph, Weights weights, String name) {
        return graph.floats(name, weights.slot(name).shape(), values(weights, name));
    }

    static float[] values(Weights weights, String name) {
        Weights.Slot slot = weights.slot(name);
        return Arrays.copyOfRange(weights.values(), slot.offset(), slot.end());
    }
}
