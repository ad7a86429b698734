package dev.sampan.network;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What `config.json` of every classifier of tokens says.
final class TextConfig {
    private TextConfig() {}

    static Map<String, Object> common(int maxLength, List<String> labels) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("max_position_embeddings", maxLength);
        tree.put("pad_token_id", BiLstmClassifier.PADDING);
        tree.put("unk_token_id", BiLstmClassifier.UNKNOWN);
        tree.put("problem_type", "single_label_classification");
        tree.put("dtype", "float32");
        tree.put("batch_independent", true);
        tree.putAll(BiLstmConfig.labelTree(labels));
        return tree;
    }
}
