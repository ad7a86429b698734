package dev.sampan.network.layers;

import static dev.sampan.model.onnx.Attributes.attribute;

import dev.sampan.compute.Pass;
import dev.sampan.compute.Weights;
import dev.sampan.model.onnx.OnnxGraph;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/// Cross-correlation with a square kernel: x is (rows, inputs, height, width), W (outputs, inputs, kernel, kernel), b
/// (outputs), y (rows, outputs, ⌊(height + 2 padding − kernel) / stride⌋ + 1, likewise).
///
/// @param padding zeros added on each side
/// @param bias false where a normalisation behind it has one
public record Conv2d(String name, int inputs, int outputs, int kernel, int stride, int padding, boolean bias) {
    public void declare(Weights.Layout layout) {
        layout.add(weight(), outputs, inputs, kernel, kernel);
        if (bias) {
            layout.add(name + ".bias", outputs);
        }
    }

    /// Uniform within ±√(6 / fan-in), what a relu behind it asks for (He et al. 2015, equation 10); bias 0.
    public void initialise(Weights weights, Initial initial) {
        initial.uniform(weights, weight(), Math.sqrt(6.0 / (inputs * kernel * kernel)));
    }

    /// Normal with this deviation; bias 0.
    public void initialise(Weights weights, Initial initial, double deviation) {
        initial.normal(weights, weight(), deviation);
    }

    /// Height or width behind it.
    public int size(int before) {
        return (before + 2 * padding - kernel) / stride + 1;
    }

    public Tensor forward(Pass pass, Tensor x) {
        TensorOptional b = bias ? new TensorOptional(pass.weight(name + ".bias")) : new TensorOptional();
        long[] strides = {stride, stride};
        long[] pads = {padding, padding};
        return torch.conv2d(x, pass.weight(weight()), b, strides, pads, new long[] {1, 1}, 1);
    }

    /// @return name of y
    public String onnx(OnnxGraph graph, Weights weights, String x) {
        List<String> inputs = new ArrayList<>(List.of(x, Constants.of(graph, weights, weight())));
        if (bias) {
            inputs.add(Constants.of(graph, weights, name + ".bias"));
        }
        return graph.node(
                "Conv",
                inputs,
                attribute("kernel_shape", pair(kernel)),
                attribute("strides", pair(stride)),
                attribute("pads", List.of((long) padding, (long) padding, (long) padding, (long) padding)));
    }

    private static List<Long> pair(int value) {
        return List.of((long) value, (long) value);
    }

    private String weight() {
        return name + ".weight";
    }
}
