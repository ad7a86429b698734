package dev.sampan.network.layers;

import static dev.sampan.model.onnx.Attributes.attribute;

import dev.sampan.compute.Tensors;
import dev.sampan.model.onnx.ElementType;
import dev.sampan.model.onnx.OnnxGraph;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// How long the texts of a batch are, in the forms that layers over tokens want.
///
/// @param time tokens of the longest
/// @param lengths tokens of each
public record TextShape(int time, int[] lengths) {
    /// @param mask (rows, time) of 64-bit integers, 1 where a token stands; padding only behind a text
    public static TextShape of(Tensor mask) {
        int rows = (int) mask.size(0);
        int time = (int) mask.size(1);
        int[] stands = Tensors.ints(mask);
        int[] lengths = new int[rows];
        for (int i = 0; i < stands.length; i++) {
            lengths[i / time] += stands[i];
        }
        return new TextShape(time, lengths);
    }

    public int rows() {
        return lengths.length;
    }

    /// (time, rows), for [Recurrent#forward].
    public Tensor turned() {
        long[] places = new long[time * rows()];
        for (int row = 0; row < rows(); row++) {
            for (int t = 0; t < time; t++) {
                places[t * rows() + row] = t < lengths[row] ? lengths[row] - 1 - t : t;
            }
        }
        return Tensors.longs(places, time, rows());
    }

    /// (rows, time, 1), true where a token stands.
    public Tensor stands() {
        float[] there = new float[time * rows()];
        for (int row = 0; row < rows(); row++) {
            for (int t = 0; t < lengths[row]; t++) {
                there[row * time + t] = 1;
            }
        }
        return Tensors.floats(there, rows(), time, 1).to(ScalarType.Bool);
    }

    /// (rows) of 32-bit integers in a graph.
    ///
    /// @param mask name of (rows, time)
    public static String lengths(OnnxGraph graph, String mask) {
        String sum = graph.node(
                "ReduceSum", List.of(mask, graph.longs("lengths.axis", new long[] {1}, 1)), attribute("keepdims", 0));
        return graph.node("Cast", List.of(sum), attribute("to", ElementType.INT32.code()));
    }

    /// (rows, time, 1) in a graph, true where a token stands.
    ///
    /// @param mask name of (rows, time)
    public static String stands(OnnxGraph graph, String mask) {
        String there = graph.node("Cast", List.of(mask), attribute("to", ElementType.BOOL.code()));
        return graph.node("Unsqueeze", List.of(there, graph.longs("stands.axis", new long[] {1}, 2)));
    }
}
