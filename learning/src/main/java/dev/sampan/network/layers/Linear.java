package dev.sampan.network.layers;

import dev.sampan.compute.Pass;
import dev.sampan.compute.Weights;
import dev.sampan.model.onnx.OnnxGraph;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/// `y = x Wᵀ (+ b)` over the last dimension of x (…, inputs).
///
/// @param bias whether there is a b (outputs)
/// @param turned whether W is kept as (inputs, outputs), as GPT-2 has it, and not as (outputs, inputs)
public record Linear(String name, int inputs, int outputs, boolean bias, boolean turned) {
    /// With or without a bias, W as (outputs, inputs).
    public static Linear of(String name, int inputs, int outputs, boolean bias) {
        return new Linear(name, inputs, outputs, bias, false);
    }

    public void declare(Weights.Layout layout) {
        if (turned) {
            layout.add(weight(), inputs, outputs);
        } else {
            layout.add(weight(), outputs, inputs);
        }
        if (bias) {
            layout.add(offset(), outputs);
        }
    }

    /// Weight normal with the given deviation, bias zero, as Hugging Face starts new heads.
    public void initialise(Weights weights, Initial initial, double deviation) {
        initial.normal(weights, weight(), deviation);
    }

    public Tensor forward(Pass pass, Tensor x) {
        Tensor w = turned ? pass.weight(weight()).t() : pass.weight(weight());
        return torch.linear(x, w, bias ? new TensorOptional(pass.weight(offset())) : new TensorOptional());
    }

    /// @return name of y
    public String onnx(OnnxGraph graph, Weights weights, String x) {
        float[] values = Constants.values(weights, weight());
        float[] columns = turned ? values : turned(values);
        String w = graph.floats(weight(), new long[] {inputs, outputs}, columns);
        String product = graph.node("MatMul", List.of(x, w));
        return bias ? graph.node("Add", List.of(product, Constants.of(graph, weights, offset()))) : product;
    }

    private float[] turned(float[] values) {
        float[] columns = new float[values.length];
        for (int out = 0; out < outputs; out++) {
            for (int in = 0; in < inputs; in++) {
                columns[in * outputs + out] = values[out * inputs + in];
            }
        }
        return columns;
    }

    public String weight() {
        return name + ".weight";
    }

    private String offset() {
        return name + ".bias";
    }
}
