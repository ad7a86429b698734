package dev.sampan.training.internal.forecast;

import static dev.sampan.model.onnx.Attributes.attribute;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.sampan.data.SeriesFeatures;
import dev.sampan.model.onnx.ElementType;
import dev.sampan.model.onnx.OnnxGraph;
import java.util.List;

/// history → points: the linear map, and for each step an interval of so many of the history's mean changes.
///
/// @param reach for each step half the interval's width, in units of the scale
/// @param logarithms the map works on logarithms
/// @param lag steps over which changes are taken
record ForecastGraph(LinearMap map, double[] reach, boolean logarithms, int lag) {
    ModelProto toModel() {
        int window = map.window();
        int steps = map.steps();
        OnnxGraph graph = new OnnxGraph("forecaster");
        String history = graph.input(SeriesFeatures.HISTORY, ElementType.FLOAT, "batch", Integer.toString(window));
        String values = logarithms ? graph.node("Log", List.of(history)) : history;
        // The map keeps a constant, so it may work on differences from the newest value: floats are exact near 0.
        String newest = slice(graph, values, window - 1, window);
        String moved = graph.node("Sub", List.of(values, newest));
        String weights = graph.floats("map.weight", new long[] {window, steps}, floats(map.weights()));
        String next = graph.node("Add", List.of(graph.node("MatMul", List.of(moved, weights)), newest));
        String far = graph.node(
                "Mul",
                List.of(scale(graph, values), graph.floats("interval.reach", new long[] {1, steps}, floats(reach))));
        String points = graph.node(
                "Concat",
                List.of(
                        row(graph, next, "value"),
                        row(graph, graph.node("Sub", List.of(next, far)), "low"),
                        row(graph, graph.node("Add", List.of(next, far)), "high")),
                attribute("axis", 1));
        graph.node(logarithms ? "Exp" : "Identity", List.of(points), List.of("points"));
        graph.output("points", ElementType.FLOAT, "batch", "3", Integer.toString(steps));
        return graph.toModel();
    }

    private String scale(OnnxGraph graph, String values) {
        int window = map.window();
        int over = Math.min(lag, window - 1);
        String change = graph.node(
                "Abs",
                List.of(graph.node(
                        "Sub", List.of(slice(graph, values, over, window), slice(graph, values, 0, window - over)))));
        return graph.node("ReduceMean", List.of(change), attribute("axes", List.of(1L)), attribute("keepdims", 1));
    }

    private static String row(OnnxGraph graph, String values, String name) {
        return graph.node("Unsqueeze", List.of(values, graph.longs(name + ".axes", new long[] {1}, 1)));
    }

    private static String slice(OnnxGraph graph, String values, int from, int to) {
        String name = "slice." + from + "." + to;
        return graph.node(
                "Slice",
                List.of(
                        values,
                        graph.longs(name + ".from", new long[] {1}, from),
                        graph.longs(name + ".to", new long[] {1}, to),
                        graph.longs(name + ".axis", new long[] {1}, 1)));
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
