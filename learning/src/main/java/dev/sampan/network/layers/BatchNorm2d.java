package dev.sampan.network.layers;

import static dev.sampan.model.onnx.Attributes.attribute;

import dev.sampan.compute.Pass;
import dev.sampan.compute.Weights;
import dev.sampan.model.onnx.OnnxGraph;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/// Mean and variance are of a channel over all rows of the batch while learning, and running means of those while
/// answering (Ioffe and Szegedy 2015). A network with it computes a batch as a whole.
public record BatchNorm2d(String name, int channels) implements Norm2d {
    /// Share of the newest batch in the running means.
    private static final double MOMENTUM = 0.1;

    @Override
    public void declare(Weights.Layout weights, Weights.Layout buffers) {
        Norm2d.super.declare(weights, buffers);
        buffers.add(mean(), channels).add(variance(), channels);
    }

    @Override
    public void initialise(Weights weights, Weights buffers) {
        Norm2d.super.initialise(weights, buffers);
        Weights.Slot slot = buffers.slot(variance());
        Arrays.fill(buffers.values(), slot.offset(), slot.end(), 1);
    }

    @Override
    public Tensor forward(Pass pass, Tensor x) {
        // One value has no variance: a batch of one row and one pixel is answered by the running means.
        boolean learns = pass.training() && x.size(0) * x.size(2) * x.size(3) > 1;
        return torch.batch_norm(
                x,
                new TensorOptional(pass.weight(weight())),
                new TensorOptional(pass.weight(bias())),
                new TensorOptional(pass.buffer(mean())),
                new TensorOptional(pass.buffer(variance())),
                learns,
                MOMENTUM,
                EPSILON,
                false);
    }

    @Override
    public String onnx(OnnxGraph graph, Weights weights, Weights buffers, String x) {
        return graph.node(
                "BatchNormalization",
                List.of(
                        x,
                        Constants.of(graph, weights, weight()),
                        Constants.of(graph, weights, bias()),
                        Constants.of(graph, buffers, mean()),
                        Constants.of(graph, buffers, variance())),
                attribute("epsilon", (float) EPSILON));
    }

    private String mean() {
        return name + ".running_mean";
    }

    private String variance() {
        return name + ".running_var";
    }
}
