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

/// Mean and variance are of one row's groups of neighbouring channels, so that rows do not look at each other and small
/// batches learn as well as large ones (Wu and He 2018).
///
/// @param groups divides the channels
public record GroupNorm2d(String name, int channels, int groups) implements Norm2d {
    public GroupNorm2d {
        if (channels % groups != 0) {
            throw new IllegalArgumentException(channels + " channels in " + groups + " groups");
        }
    }

    @Override
    public Tensor forward(Pass pass, Tensor x) {
        TensorOptional w = new TensorOptional(pass.weight(weight()));
        TensorOptional b = new TensorOptional(pass.weight(bias()));
        return torch.group_norm(x, groups, w, b, EPSILON, false);
    }

    /// Operator set 17 has no group normalisation: the groups become channels of an instance normalisation.
    @Override
    public String onnx(OnnxGraph graph, Weights weights, Weights buffers, String x) {
        float[] ones = new float[groups];
        Arrays.fill(ones, 1);
        String scale = graph.floats(name + ".ones", new long[] {groups}, ones);
        String shift = graph.floats(name + ".zeros", new long[] {groups}, new float[groups]);
        String grouped = graph.node("Reshape", List.of(x, Constants.vector(graph, 0L, (long) groups, -1L)));
        String even = graph.node(
                "InstanceNormalization", List.of(grouped, scale, shift), attribute("epsilon", (float) EPSILON));
        String back = graph.node("Reshape", List.of(even, graph.node("Shape", List.of(x))));
        String scaled = graph.node("Mul", List.of(back, channelwise(graph, weights, weight())));
        return graph.node("Add", List.of(scaled, channelwise(graph, weights, bias())));
    }

    private String channelwise(OnnxGraph graph, Weights weights, String name) {
        return graph.floats(name, new long[] {channels, 1, 1}, Constants.values(weights, name));
    }
}
