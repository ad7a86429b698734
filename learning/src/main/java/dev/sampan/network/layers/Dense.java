package dev.sampan.network.layers;

import static dev.sampan.model.onnx.Attributes.attribute;

import dev.sampan.compute.Pass;
import dev.sampan.compute.Weights;
import dev.sampan.model.onnx.OnnxGraph;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// `y = x Wᵀ + b`: x is (rows, inputs), W (outputs, inputs), b (outputs), y (rows, outputs).
public record Dense(String name, int inputs, int outputs) {
    public void declare(Weights.Layout layout) {
        layout.add(weight(), outputs, inputs).add(bias(), outputs);
    }

    /// Uniform within ±1/√inputs, as `torch.nn.Linear`.
    public void initialise(Weights weights, Initial initial) {
        double bound = 1 / Math.sqrt(inputs);
        initial.uniform(weights, weight(), bound);
        initial.uniform(weights, bias(), bound);
    }

    public Tensor forward(Pass pass, Tensor x) {
        return torch.linear(x, pass.weight(weight()), pass.weight(bias()));
    }

    /// @return name of y
    public String onnx(OnnxGraph graph, Weights weights, String x) {
        return graph.node(
                "Gemm",
                List.of(x, Constants.of(graph, weights, weight()), Constants.of(graph, weights, bias())),
                attribute("transB", 1));
    }

    /// For each token: x is (rows, time, inputs).
    ///
    /// @return name of y, (rows, time, outputs)
    public String onnxEach(OnnxGraph graph, Weights weights, String x) {
        String turned = graph.node("Transpose", List.of(Constants.of(graph, weights, weight())));
        return graph.node(
                "Add", List.of(graph.node("MatMul", List.of(x, turned)), Constants.of(graph, weights, bias())));
    }

    private String weight() {
        return name + ".weight";
    }

    private String bias() {
        return name + ".bias";
    }
}
