package dev.sampan.network;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.sampan.compute.Weights;
import dev.sampan.model.Encoder;
import dev.sampan.model.onnx.ElementType;
import dev.sampan.model.onnx.OnnxGraph;
import dev.sampan.model.onnx.SentenceVector;
import dev.sampan.network.layers.Dense;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A pretrained encoder, kept as it is → sentence vector of length 1 → Dense → softmax.
public final class EncoderClassifier {
    private final Encoder encoder;
    private final List<String> labels;
    private final Dense classifier;
    private final Weights weights;

    /// @param weight of the head, (labels, dimension) in row order
    /// @param bias of the head, (labels)
    public EncoderClassifier(Encoder encoder, List<String> labels, float[] weight, float[] bias) {
        this.encoder = encoder;
        this.labels = List.copyOf(labels);
        classifier = new Dense("classifier", encoder.dimension(), labels.size());
        Weights.Layout layout = new Weights.Layout();
        classifier.declare(layout);
        weights = layout.allocate();
        if (weight.length + bias.length != weights.values().length) {
            throw new IllegalArgumentException(weight.length + " and " + bias.length + " weights for " + classifier);
        }
        System.arraycopy(weight, 0, weights.values(), 0, weight.length);
        System.arraycopy(bias, 0, weights.values(), weight.length, bias.length);
    }

    /// Of the head alone.
    public Weights weights() {
        return weights;
    }

    /// Inputs `input_ids` and `attention_mask` (batch, sequence), outputs `logits` and `probabilities` (batch, labels).
    public ModelProto onnx() {
        OnnxGraph graph = new OnnxGraph("encoder-classifier");
        String ids = graph.input("input_ids", ElementType.INT64, "batch", "sequence");
        String mask = graph.input("attention_mask", ElementType.INT64, "batch", "sequence");
        String vector = SentenceVector.add(graph, encoder, ids, mask);
        OnnxOutputs.declare(graph, classifier.onnx(graph, weights, vector), labels.size());
        return graph.toModel();
    }

    /// Content of `config.json`.
    ///
    /// @param maxLength subword tokens read of one text
    public Map<String, Object> config(int maxLength) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("architectures", List.of("EncoderForSequenceClassification"));
        tree.put("model_type", "encoder_classifier");
        tree.put("base_model_name_or_path", encoder.source());
        tree.put("hidden_size", encoder.dimension());
        tree.put("pooling", encoder.pooling().name().toLowerCase(Locale.ROOT));
        tree.put("normalize_embeddings", true);
        tree.put("max_position_embeddings", maxLength);
        tree.put("problem_type", "single_label_classification");
        tree.put("dtype", "float32");
        tree.put("batch_independent", !encoder.quantised());
        tree.putAll(BiLstmConfig.labelTree(labels));
        return tree;
    }
}
