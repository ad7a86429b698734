package dev.sampan.network.layers;

import static dev.sampan.model.onnx.Attributes.attribute;

import dev.sampan.compute.Pass;
import dev.sampan.compute.Weights;
import dev.sampan.model.onnx.OnnxGraph;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// One vector out of a text's states, weighed by how much each says (Zhou et al. 2016, Attention-based bidirectional
/// LSTM networks for relation classification, equations 9 to 12):
///
/// ```
/// α = softmax(wᵀ tanh(H)) over the tokens      r = H αᵀ      y = tanh(r)
/// ```
public record AttentionPool(String name, int width) {
    private static final float LEAST = -1e9f;

    public void declare(Weights.Layout layout) {
        layout.add(weight(), width, 1);
    }

    public void initialise(Weights weights, Initial initial) {
        initial.uniform(weights, weight(), 1 / Math.sqrt(width));
    }

    /// @param states (rows, time, width)
    /// @param stands (rows, time, 1), true where a token stands; at least one of each row does
    /// @return (rows, width)
    public Tensor forward(Pass pass, Tensor states, Tensor stands) {
        Tensor scores = torch.tanh(states).matmul(pass.weight(weight())); // (rows, time, 1)
        Tensor shares = torch.softmax(scores.masked_fill(stands.logical_not(), new Scalar(LEAST)), 1);
        Tensor sum = states.mul(shares).sum(new long[] {1}, false, new ScalarTypeOptional());
        return torch.tanh(sum);
    }

    /// @return name of y
    public String onnx(OnnxGraph graph, Weights weights, String states, String stands) {
        String scores = graph.node(
                "MatMul", List.of(graph.node("Tanh", List.of(states)), Constants.of(graph, weights, weight())));
        String least = graph.floats(name + ".least", new long[] {}, new float[] {LEAST});
        String shares = graph.node(
                "Softmax", List.of(graph.node("Where", List.of(stands, scores, least))), attribute("axis", 1));
        String sum = graph.node(
                "ReduceSum",
                List.of(graph.node("Mul", List.of(states, shares)), graph.longs(name + ".axis", new long[] {1}, 1)),
                attribute("keepdims", 0));
        return graph.node("Tanh", List.of(sum));
    }

    private String weight() {
        return name + ".weight";
    }
}
