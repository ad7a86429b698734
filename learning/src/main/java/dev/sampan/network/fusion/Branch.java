package dev.sampan.network.fusion;

import dev.sampan.compute.Pass;
import dev.sampan.compute.Weights;
import dev.sampan.model.onnx.OnnxGraph;
import dev.sampan.network.layers.Initial;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/// One part of a row → a vector, (rows, [#width]), and whether the row has the part at all.
public sealed interface Branch permits TextBranch, ImageBranch, TableBranch {
    /// What weights' names begin with.
    String name();

    int width();

    void declare(Weights.Layout weights);

    void initialise(Weights weights, Initial initial);

    Tensor forward(Pass pass, Map<String, Tensor> inputs);

    /// (rows, 1): 1 where the row has the part, else 0.
    ///
    /// @param like (rows, 1)
    Tensor present(Map<String, Tensor> inputs, Tensor like);

    /// The same as a graph, whose inputs it declares.
    Graph onnx(OnnxGraph graph, Weights weights);

    /// Names within a graph.
    ///
    /// @param present empty where every row has the part
    record Graph(String vector, String present) {}

    /// Rows that one thread takes at once, as in [dev.sampan.network.Network#partRows].
    int partRows();
}
