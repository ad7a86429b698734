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

/// `y = (x − mean x) / √(var x + ε) · w + b` over the last dimension (Ba, Kiros and Hinton 2016).
public record LayerNorm(String name, int width, double epsilon) {
    public void declare(Weights.Layout layout) {
        layout.add(weight(), width).add(bias(), width);
    }

    /// Weight 1, bias 0.
    public void initialise(Weights weights) {
        Weights.Slot slot = weights.slot(weight());
        Arrays.fill(weights.values(), slot.offset(), slot.end(), 1);
    }

    public Tensor forward(Pass pass, Tensor x) {
        long[] shape = {width};
        TensorOptional w = new TensorOptional(pass.weight(weight()));
        TensorOptional b = new TensorOptional(pass.weight(bias()));
        return torch.layer_norm(x, shape, w, b, epsilon, true);
    }

    /// @return name of y
    public String onnx(OnnxGraph graph, Weights weights, String x) {
        return graph.node(
                "LayerNormalization",
                List.of(x, Constants.of(graph, weights, weight()), Constants.of(graph, weights, bias())),
                attribute("axis", -1),
                attribute("epsilon", (float) epsilon));
    }

    private String weight() {
        return name + ".weight";
    }

    private String bias() {
        return name + ".bias";
    }
}
