package dev.sampan.network.families;

import dev.sampan.compute.Pass;
import dev.sampan.compute.Weights;
import dev.sampan.model.onnx.OnnxGraph;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/// One network of a family, as its configuration describes it; weights are elsewhere.
sealed interface Family permits Bert, Gpt2, T5, Decoder {
    /// What it is for, by the configuration's `architectures`.
    Task task();

    /// Declares all weights under the names `save_pretrained` gives them, tied ones once.
    void declare(Weights.Layout layout);

    /// @param inputs `input_ids` (rows, time) and, where there is padding, `attention_mask`; `token_type_ids`
    ///     for BERT, `decoder_input_ids` for T5
    /// @return by the reference's names: `last_hidden_state`, `pooler_output`, `logits`
    Map<String, Tensor> forward(Pass pass, Map<String, Tensor> inputs);

    /// The same computation as nodes of a graph.
    ///
    /// @param inputs names of the graph's values for `input_ids`, `attention_mask` and, for T5,
    ///     `decoder_input_ids`, all there
    /// @return names of what [#forward] answers
    Map<String, String> onnx(OnnxGraph graph, Weights weights, Map<String, String> inputs);

    /// What stands before the names of the encoder's or decoder's own weights where there is a head: a file of
    /// the bare network has the names without it, and either reads the other.
    String prefix();

    /// Names under which a file may hold a weight once more: second name → the weight it is tied to.
    Map<String, String> tied();

    /// Names of weights which a new head brings and a file without one lacks.
    List<String> head();
}
