package dev.sampan.network.families;

import dev.sampan.network.layers.Lookup;

/// Settings that several families read alike.
final class Settings {
    private Settings() {}

    /// Row of the words that learns nothing, as `torch.nn.Embedding` counts it: from the end when below 0.
    ///
    /// @param fallback row, or [Lookup#NONE]
    static int padding(ConfigFile config, int vocabulary, int fallback) {
        if (!config.has("pad_token_id")) {
            return config.isNull("pad_token_id") ? Lookup.NONE : fallback;
        }
        int padding = config.whole("pad_token_id", 0, -vocabulary);
        if (padding >= vocabulary) {
            throw config.refused("pad_token_id", "lies outside vocab_size = " + vocabulary);
        }
        return Math.floorMod(padding, vocabulary);
    }

    /// Answers of a classifier: `id2label`, else `num_labels`, else 2.
    static int labels(ConfigFile config) {
        ConfigFile names = config.object("id2label");
        return names == null ? config.size("num_labels", 2) : names.tree().size();
    }
}
