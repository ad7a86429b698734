package dev.sampan.network.layers;

import dev.sampan.compute.Pass;
import dev.sampan.compute.Weights;
import dev.sampan.model.onnx.OnnxGraph;
import java.util.List;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/// `y = x / √(mean x² + ε) · w` over the last dimension (Zhang and Sennrich 2019).
///
/// @param centred whether the weight is kept as its distance from 1, as Gemma has it: `· (1 + w)`
public record RmsNorm(String name, int width, double epsilon, boolean centred) {
    public void declare(Weights.Layout layout) {
        layout.add(weight(), width);
    }

    public Tensor forward(Pass pass, Tensor x) {
        Tensor kept = pass.weight(weight());
        Tensor w = centred ? kept.add(new Scalar(1.0f)) : kept;
        return torch.rms_norm(x, new long[] {width}, new TensorOptional(w), new DoubleOptional(epsilon));
    }

    /// @return name of y
    public String onnx(OnnxGraph graph, Weights weights, String x) {
        String square = graph.node("Mul", List.of(x, x));
        String mean = graph.node("ReduceMean", List.of(square), Constants.overLast());
        String root =
                graph.node("Sqrt", List.of(graph.node("Add", List.of(mean, Constants.scalar(graph, (float) epsilon)))));
        String w = Constants.of(graph, weights, weight());
        if (centred) {
            w = graph.node("Add", List.of(w, Constants.scalar(graph, 1)));
        }
        return graph.node("Mul", List.of(graph.node("Div", List.of(x, root)), w));
    }

    private String weight() {
        return name + ".weight";
    }
}
