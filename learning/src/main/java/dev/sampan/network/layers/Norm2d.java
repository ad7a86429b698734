package dev.sampan.network.layers;

import dev.sampan.compute.Pass;
import dev.sampan.compute.Weights;
import dev.sampan.model.onnx.OnnxGraph;
import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;

/// `y = (x − mean) / √(var + ε) · w + b`, w and b being of each channel: x and y are (rows, channels, height, width).
/// The cases differ in what mean and variance are of.
public sealed interface Norm2d permits BatchNorm2d, GroupNorm2d {
    /// As in PyTorch.
    double EPSILON = 1e-5;

    String name();

    int channels();

    default void declare(Weights.Layout weights, Weights.Layout buffers) {
        weights.add(weight(), channels()).add(bias(), channels());
    }

    /// Weight 1, bias 0.
    default void initialise(Weights weights, Weights buffers) {
        Weights.Slot slot = weights.slot(weight());
        Arrays.fill(weights.values(), slot.offset(), slot.end(), 1);
    }

    Tensor forward(Pass pass, Tensor x);

    /// @return name of y
    String onnx(OnnxGraph graph, Weights weights, Weights buffers, String x);

    default String weight() {
        return name() + ".weight";
    }

    default String bias() {
        return name() + ".bias";
    }
}
