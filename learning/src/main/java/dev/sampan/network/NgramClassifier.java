package dev.sampan.network;

import static dev.sampan.model.onnx.Attributes.attribute;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.sampan.compute.Weights;
import dev.sampan.model.Encoder;
import dev.sampan.model.onnx.ElementType;
import dev.sampan.model.onnx.OnnxGraph;
import dev.sampan.model.onnx.SentenceVector;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Weighted n-grams, and the sentence vector of a pretrained encoder where there is one → linear → softmax:
///
/// ```
/// logits = Σ weight · G[gram] + V vector + b
/// ```
///
/// The graph looks up the rows of G that a text has and adds them up, so that its cost follows the text and not the
/// number of n-grams there are.
public final class NgramClassifier {
    private static final String GRAMS = "ngrams.weight";
    private static final String VECTOR = "classifier.weight";
    private static final String BIAS = "classifier.bias";

    private final @Nullable Encoder encoder;
    private final List<String> labels;
    private final Weights weights;
    private final int grams;

    /// What was learnt.
    ///
    /// @param grams G, (n-grams, labels) in row order
    /// @param vector V, (labels, dimension) in row order; empty without an encoder
    /// @param bias b, (labels)
    public record Head(float[] grams, float[] vector, float[] bias) {}

    public NgramClassifier(@Nullable Encoder encoder, List<String> labels, Head head) {
        this.encoder = encoder;
        this.labels = List.copyOf(labels);
        grams = head.grams().length / labels.size();
        Weights.Layout layout = new Weights.Layout().add(GRAMS, grams, labels.size());
        if (encoder != null) {
            layout.add(VECTOR, labels.size(), encoder.dimension());
        }
        weights = layout.add(BIAS, labels.size()).allocate();
        fill(GRAMS, head.grams());
        if (encoder != null) {
            fill(VECTOR, head.vector());
        }
        fill(BIAS, head.bias());
    }

    private void fill(String name, float[] values) {
        Weights.Slot slot = weights.slot(name);
        if (values.length != slot.size()) {
            throw new IllegalArgumentException(values.length + " values for " + slot);
        }
        System.arraycopy(values, 0, weights.values(), slot.offset(), slot.size());
    }

    /// Of the head alone.
    public Weights weights() {
        return weights;
    }

    /// Inputs `ngram_ids` and `ngram_weights` (batch, grams), with an encoder `input_ids` and `attention_mask` (batch,
    /// sequence); outputs `logits` and `probabilities` (batch, labels).
    public ModelProto onnx() {
        OnnxGraph graph = new OnnxGraph("ngram-classifier");
        String ids = graph.input("ngram_ids", ElementType.INT64, "batch", "grams");
        String values = graph.input("ngram_weights", ElementType.FLOAT, "batch", "grams");
        String rows = graph.node("Gather", List.of(constant(graph, GRAMS), ids)); // (batch, grams, labels)
        String one = graph.longs("ngrams.axis", new long[] {1}, 1);
        String line = graph.node("Unsqueeze", List.of(values, one)); // (batch, 1, grams)
        String sum = graph.node("Squeeze", List.of(graph.node("MatMul", List.of(line, rows)), one));
        if (encoder != null) {
            String subwords = graph.input("input_ids", ElementType.INT64, "batch", "sequence");
            String mask = graph.input("attention_mask", ElementType.INT64, "batch", "sequence");
            String vector = SentenceVector.add(graph, encoder, subwords, mask);
            String scores = graph.node("Gemm", List.of(vector, constant(graph, VECTOR)), attribute("transB", 1));
            sum = graph.node("Add", List.of(sum, scores));
        }
        OnnxOutputs.declare(graph, graph.node("Add", List.of(sum, constant(graph, BIAS))), labels.size());
        return graph.toModel();
    }

    private String constant(OnnxGraph graph, String name) {
        Weights.Slot slot = weights.slot(name);
        return graph.floats(name, slot.shape(), Arrays.copyOfRange(weights.values(), slot.offset(), slot.end()));
    }

    /// Content of `config.json`.
    ///
    /// @param maxLength subword tokens that an encoder reads of one text
    public Map<String, Object> config(int maxLength) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("architectures", List.of("NgramForSequenceClassification"));
        tree.put("model_type", "ngram_classifier");
        tree.put("num_ngrams", grams);
        if (encoder != null) {
            tree.put("base_model_name_or_path", encoder.source());
            tree.put("hidden_size", encoder.dimension());
            tree.put("pooling", encoder.pooling().name().toLowerCase(Locale.ROOT));
            tree.put("normalize_embeddings", true);
            tree.put("max_position_embeddings", maxLength);
        }
        tree.put("problem_type", "single_label_classification");
        tree.put("dtype", "float32");
        tree.put("batch_independent", encoder == null || !encoder.quantised());
        tree.putAll(BiLstmConfig.labelTree(labels));
        return tree;
    }
}
