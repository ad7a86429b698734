package dev.sampan.network.layers;

import static dev.sampan.model.onnx.Attributes.attribute;

import dev.sampan.compute.Pass;
import dev.sampan.compute.Weights;
import dev.sampan.model.onnx.OnnxGraph;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/// The way back of a convolution of kernel 4, stride 2 and padding 1: x is (rows, inputs, height, width), W
/// (inputs, outputs, 4, 4), b (outputs), y (rows, outputs, 2 height, 2 width). The kernel is a multiple of the
/// stride, so that all pixels are made of as many others and no chequers show (Odena et al. 2016).
public record ConvTranspose2d(String name, int inputs, int outputs) {
    private static final int KERNEL = 4;
    private static final int STRIDE = 2;
    private static final int PADDING = 1;

    public void declare(Weights.Layout layout) {
        layout.add(weight(), inputs, outputs, KERNEL, KERNEL).add(bias(), outputs);
    }

    /// Uniform within ±√(6 / fan-in), a pixel being made of a quarter of the kernel; bias 0.
    public void initialise(Weights weights, Initial initial) {
        initial.uniform(weights, weight(), Math.sqrt(6.0 / (inputs * KERNEL * KERNEL / (STRIDE * STRIDE))));
    }

    public Tensor forward(Pass pass, Tensor x) {
        long[] strides = {STRIDE, STRIDE};
        long[] pads = {PADDING, PADDING};
        return torch.conv_transpose2d(
                x,
                pass.weight(weight()),
                new TensorOptional(pass.weight(bias())),
                strides,
                pads,
                new long[] {0, 0},
                1,
                1,
                1);
    }

    /// @return name of y
    public String onnx(OnnxGraph graph, Weights weights, String x) {
        return graph.node(
                "ConvTranspose",
                List.of(x, Constants.of(graph, weights, weight()), Constants.of(graph, weights, bias())),
                attribute("kernel_shape", List.of((long) KERNEL, (long) KERNEL)),
                attribute("strides", List.of((long) STRIDE, (long) STRIDE)),
                attribute("pads", List.of((long) PADDING, (long) PADDING, (long) PADDING, (long) PADDING)));
    }

    private String weight() {
        return name + ".weight";
    }

    private String bias() {
        return name + ".bias";
    }
}
