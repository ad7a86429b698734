package dev.sampan.network.layers;

import static dev.sampan.model.onnx.Attributes.attribute;

import dev.sampan.compute.Pass;
import dev.sampan.compute.Weights;
import dev.sampan.model.onnx.OnnxGraph;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// Filters over neighbouring tokens and the largest answer of each: `max over t of relu(F · x[t … t + width − 1] + b)`.
/// A filter begins at each token of the text and sees zeros behind its end, so that texts shorter than it have answers
/// too, and none depends on how far its batch was padded.
public record TextFilters(String name, int inputs, int width, int filters) {
    public void declare(Weights.Layout layout) {
        layout.add(weight(), filters, inputs, width).add(bias(), filters);
    }

    /// Uniform within ±1/√(inputs · width), as `torch.nn.Conv1d`.
    public void initialise(Weights weights, Initial initial) {
        double bound = 1 / Math.sqrt((double) inputs * width);
        initial.uniform(weights, weight(), bound);
        initial.uniform(weights, bias(), bound);
    }

    /// @param x (rows, time, inputs)
    /// @param stands (rows, time, 1), true where a token stands
    /// @return (rows, filters)
    public Tensor forward(Pass pass, Tensor x, Tensor stands) {
        Tensor there = stands.to(ScalarType.Float).transpose(1, 2); // (rows, 1, time)
        Tensor shown = x.transpose(1, 2).mul(there);
        Tensor padded = torch.constant_pad_nd(shown, new long[] {0, width - 1L}, new Scalar(0));
        Tensor answers = torch.conv1d(
                padded,
                pass.weight(weight()),
                new TensorOptional(pass.weight(bias())),
                new long[] {1},
                new long[] {0},
                new long[] {1},
                1);
        return torch.max(torch.relu(answers).mul(there), 2).get0();
    }

    /// @param stands (rows, time, 1), true where a token stands
    /// @return name of (rows, filters)
    public String onnx(OnnxGraph graph, Weights weights, String x, String stands) {
        String there = turned(graph, graph.node("Cast", List.of(stands), attribute("to", 1)));
        String shown = graph.node("Mul", List.of(turned(graph, x), there));
        String answers = graph.node(
                "Conv",
                List.of(shown, Constants.of(graph, weights, weight()), Constants.of(graph, weights, bias())),
                attribute("kernel_shape", List.of((long) width)),
                attribute("pads", List.of(0L, width - 1L)));
        String behind = graph.node("Mul", List.of(graph.node("Relu", List.of(answers)), there));
        return graph.node("ReduceMax", List.of(behind), attribute("axes", List.of(2L)), attribute("keepdims", 0));
    }

    private static String turned(OnnxGraph graph, String x) {
        return graph.node("Transpose", List.of(x), attribute("perm", List.of(0L, 2L, 1L)));
    }

    private String weight() {
        return name + ".weight";
    }

    private String bias() {
        return name + ".bias";
    }
}
