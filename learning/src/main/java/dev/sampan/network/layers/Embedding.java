package dev.sampan.network.layers;

import dev.sampan.compute.Pass;
import dev.sampan.compute.Weights;
import dev.sampan.model.onnx.OnnxGraph;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/// A vector for each token id: the rows of a table (tokens, width). Row 0 is padding, stays zero and learns nothing.
///
/// It is a table of the weights: looking rows up and adding their gradients is done on Java arrays and not as a tensor
/// operation, whose gradient would be as large as the table at every step.
public record Embedding(String name, int tokens, int width) {
    public void declare(Weights.Layout layout) {
        layout.table(weight(), tokens, width);
    }

    /// Normal with the given deviation; padding and unknown start at zero.
    public void initialise(Weights weights, Initial initial, double deviation) {
        initial.normal(weights, weight(), deviation);
        int offset = weights.slot(weight()).offset();
        Arrays.fill(weights.values(), offset, offset + 2 * width, 0);
    }

    /// @param ids any shape
    /// @return (shape of ids, width)
    public Tensor forward(Pass pass, Tensor ids) {
        return pass.rows(weight(), ids);
    }

    /// The same with a dropout.
    ///
    /// @param factors (ids, width) in row order, as [Dropout#fill] makes them
    public Tensor forward(Pass pass, Tensor ids, float[] factors) {
        return pass.rows(weight(), ids, factors);
    }

    /// @param ids (rows, time)
    /// @return name of the vectors (rows, time, width)
    public String onnx(OnnxGraph graph, Weights weights, String ids) {
        return graph.node("Gather", List.of(Constants.of(graph, weights, weight()), ids));
    }

    public String weight() {
        return name + ".weight";
    }
}
