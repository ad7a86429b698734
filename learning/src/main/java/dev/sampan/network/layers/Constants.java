package dev.sampan.network.layers;

import static dev.sampan.model.onnx.Attributes.attribute;

import ai.onnx.proto.OnnxMl.AttributeProto;
import dev.sampan.compute.Weights;
import dev.sampan.model.onnx.OnnxGraph;
import java.util.Arrays;
import java.util.List;

/// Weights and numbers as constants of a graph; weights under their own names.
public final class Constants {
    private Constants() {}

    public static String of(OnnxGraph graph, Weights weights, String name) {
        return graph.floats(name, weights.slot(name).shape(), values(weights, name));
    }

    public static float[] values(Weights weights, String name) {
        Weights.Slot slot = weights.slot(name);
        return Arrays.copyOfRange(weights.values(), slot.offset(), slot.end());
    }

    /// One number without a dimension.
    public static String scalar(OnnxGraph graph, float value) {
        return graph.node("Constant", List.of(), attribute("value_float", value));
    }

    /// Whole numbers in one dimension.
    public static String vector(OnnxGraph graph, Long... values) {
        return graph.node("Constant", List.of(), attribute("value_ints", List.of(values)));
    }

    /// One whole number without a dimension.
    public static String whole(OnnxGraph graph, long value) {
        return graph.node("Constant", List.of(), attribute("value_int", value));
    }

    /// For reductions over the last dimension, which stays with size 1.
    static AttributeProto[] overLast() {
        return new AttributeProto[] {attribute("axes", List.of(-1L)), attribute("keepdims", 1)};
    }
}
