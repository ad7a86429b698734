package dev.sampan.network.layers;

import dev.sampan.compute.Pass;
import dev.sampan.compute.Weights;
import dev.sampan.model.onnx.OnnxGraph;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// A vector for each id: the rows of a table (rows, width), as `torch.nn.Embedding`.
///
/// @param padding row that takes no gradient from being looked up; [#NONE] for none
/// @param shared whether the table has other uses in the network, as an output layer tied to it has; else it
///     is kept in Java and its gradient is as small as the rows read
public record Lookup(String name, int rows, int width, int padding, boolean shared) {
    /// Every row learns.
    public static final int NONE = -1;

    public void declare(Weights.Layout layout) {
        if (shared) {
            layout.add(weight(), rows, width);
        } else {
            layout.table(weight(), rows, width);
        }
    }

    /// Normal with the given deviation.
    public void initialise(Weights weights, Initial initial, double deviation) {
        initial.normal(weights, weight(), deviation);
    }

    /// @param ids whole numbers of any shape
    /// @return (…, width)
    public Tensor forward(Pass pass, Tensor ids) {
        if (shared) {
            return torch.embedding(pass.weight(weight()), ids, padding, false, false);
        }
        Tensor vectors = pass.rows(weight(), ids);
        if (padding == NONE) {
            return vectors;
        }
        Tensor pads = ids.eq(new Scalar(padding)).unsqueeze(ids.dim());
        return torch.where(pads, vectors.detach(), vectors);
    }

    /// @return name of the vectors (…, width)
    public String onnx(OnnxGraph graph, Weights weights, String ids) {
        return graph.node("Gather", List.of(Constants.of(graph, weights, weight()), ids));
    }

    public String weight() {
        return name + ".weight";
    }
}
