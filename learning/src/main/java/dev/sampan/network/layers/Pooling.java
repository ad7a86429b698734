package dev.sampan.network.layers;

import static dev.sampan.model.onnx.Attributes.attribute;

import dev.sampan.model.onnx.OnnxGraph;
import java.util.List;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// The largest value of each square of pixels.
///
/// @param size of the square
/// @param stride from square to square
/// @param padding added on each side, never the largest
public record Pooling(int size, int stride, int padding) {
    public Tensor forward(Tensor x) {
        return torch.max_pool2d(
                x,
                new long[] {size, size},
                new long[] {stride, stride},
                new long[] {padding, padding},
                new long[] {1, 1},
                false);
    }

    public String onnx(OnnxGraph graph, String x) {
        long p = padding;
        return graph.node(
                "MaxPool",
                List.of(x),
                attribute("kernel_shape", List.of((long) size, (long) size)),
                attribute("strides", List.of((long) stride, (long) stride)),
                attribute("pads", List.of(p, p, p, p)));
    }

    /// Height or width behind it.
    public int size(int before) {
        return (before + 2 * padding - size) / stride + 1;
    }

    /// The mean over all pixels: (rows, channels, height, width) → (rows, channels), whatever the size.
    public static Tensor mean(Tensor x) {
        return torch.mean(x, new long[] {2, 3}, false, new ScalarTypeOptional());
    }

    /// [#mean] as a graph.
    public static String mean(OnnxGraph graph, String x) {
        return graph.node("Flatten", List.of(graph.node("GlobalAveragePool", List.of(x))), attribute("axis", 1));
    }
}
