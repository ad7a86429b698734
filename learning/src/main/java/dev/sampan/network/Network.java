package dev.sampan.network;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.sampan.compute.Pass;
import dev.sampan.compute.Weights;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/// What the training loop teaches: weights in Java, a forward on libtorch, and the same computation as an ONNX graph
/// whose outputs equal it within 1e-4. [MlpClassifier] shows the pattern.
///
/// A network holds no native memory and no thread's state: several threads compute it at once, each through a [Pass] of
/// its own, and everything a forward makes is freed with the scope it runs in.
public interface Network {
    /// For [#partRows]: a batch is computed as a whole.
    int WHOLE = Integer.MAX_VALUE;

    /// What is taught. Names are those of a `state_dict` of PyTorch or Hugging Face; a table that is read by rows alone
    /// is declared with [Weights.Layout#table].
    Weights weights();

    /// What is saved and exported but not taught, such as running means; a forward changes it in place through
    /// [Pass#buffer].
    default Weights buffers() {
        return Weights.NONE;
    }

    /// @param inputs by the names of the graph's inputs, the first dimension being rows
    /// @return (rows, k) or (rows, time, k), before any softmax or sigmoid
    Tensor forward(Pass pass, Map<String, Tensor> inputs);

    /// The whole graph with the weights as they are now.
    ModelProto onnx();

    /// Content of `config.json`: `model_type`, `architectures`, and whatever makes the network anew.
    Map<String, Object> config();

    /// Rows that one thread takes at once. A batch is cut into parts of so many rows, which are computed beside each
    /// other and whose gradients are added in their order. [#WHOLE] where rows of a batch look at each other, as in
    /// batch normalisation: then one thread at a time computes, with all cores inside its operations.
    default int partRows() {
        return 32;
    }
}
