package dev.sampan.network;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The settings of a [BiLstmClassifier].
///
/// @param vocabularySize token ids, padding (0) and unknown (1) among them
/// @param embeddingSize width of a token's vector
/// @param hiddenSize LSTM units in each direction
/// @param denseSize width of the dense layer
/// @param dropout share of activations dropped while learning, 0 to below 1
/// @param maxLength tokens read of one text
/// @param labels categories, in the order of the outputs
public record BiLstmConfig(
        int vocabularySize,
        int embeddingSize,
        int hiddenSize,
        int denseSize,
        double dropout,
        int maxLength,
        List<String> labels) {
    public BiLstmConfig {
        labels = List.copyOf(labels);
        if (vocabularySize < 2 || embeddingSize < 1 || hiddenSize < 1 || denseSize < 1 || labels.size() < 2) {
            throw new IllegalArgumentException("a network of " + vocabularySize + " tokens, " + embeddingSize + ", "
                    + hiddenSize + ", " + denseSize + " units and " + labels.size() + " labels");
        }
        if (!(dropout >= 0 && dropout < 1)) {
            throw new IllegalArgumentException("dropout " + dropout);
        }
    }

    /// Content of `config.json`.
    public Map<String, Object> toTree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("architectures", List.of("BiLstmForSequenceClassification"));
        tree.put("model_type", "bilstm");
        tree.put("vocab_size", vocabularySize);
        tree.put("embedding_size", embeddingSize);
        tree.put("hidden_size", hiddenSize);
        tree.put("num_hidden_layers", 1);
        tree.put("bidirectional", true);
        tree.put("pooling", "max");
        tree.put("classifier_hidden_size", denseSize);
        tree.put("hidden_act", "relu");
        tree.put("hidden_dropout_prob", dropout);
        tree.put("max_position_embeddings", maxLength);
        tree.put("pad_token_id", BiLstmClassifier.PADDING);
        tree.put("unk_token_id", BiLstmClassifier.UNKNOWN);
        tree.put("problem_type", "single_label_classification");
        tree.put("dtype", "float32");
        tree.put("batch_independent", true);
        tree.putAll(labelTree(labels));
        return tree;
    }

    /// `id2label` and `label2id`, as every classifier of Hugging Face has them.
    public static Map<String, Object> labelTree(List<String> labels) {
        Map<String, String> names = new LinkedHashMap<>();
        Map<String, Integer> ids = new LinkedHashMap<>();
        for (int i = 0; i < labels.size(); i++) {
            names.put(Integer.toString(i), labels.get(i));
            ids.put(labels.get(i), i);
        }
        return Map.of("id2label", names, "label2id", ids);
    }
}
