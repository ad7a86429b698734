package dev.sampan.network.families;

import dev.sampan.network.layers.Activation;
import dev.sampan.network.layers.Attention;
import dev.sampan.network.layers.Dropout;
import dev.sampan.network.layers.Lookup;
import dev.sampan.network.layers.Mask;
import dev.sampan.network.layers.Rotary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a decoder's `config.json` says, with the defaults of its family.
///
/// @param layers what each layer sees and how it turns
/// @param headNorms whether queries and keys are normed over each head
/// @param gemma whether norms are kept as distances from 1 and stand after as well as before, and words are
///     scaled
/// @param padding row of the words that learns nothing, or [Lookup#NONE]
record DecoderConfig(
        int vocabulary,
        int hidden,
        int intermediate,
        List<Layer> layers,
        Attention attention,
        Biases biases,
        Activation activation,
        double epsilon,
        boolean headNorms,
        boolean gemma,
        int padding,
        boolean tiedByDefault) {
    private static final String FULL = "full_attention";
    private static final String SLIDING = "sliding_attention";

    /// One layer.
    record Layer(Mask.Sight sight, Rotary rotary) {}

    /// Which projections have a bias: queries, keys and values; the mixture of heads; feed-forward.
    record Biases(boolean queries, boolean mixed, boolean feed) {}

    /// Defaults of a family.
    ///
    /// @param headSize 0 for hidden / heads
    /// @param keyHeads 0 for as many as heads
    /// @param window 0 for none
    private record Kind(
            int vocabulary,
            int hidden,
            int intermediate,
            int layers,
            int heads,
            int keyHeads,
            int headSize,
            int places,
            int window) {}

    private static final Map<String, Kind> KINDS = Map.of(
            "llama", new Kind(32000, 4096, 11008, 32, 32, 0, 0, 2048, 0),
            "mistral", new Kind(32000, 4096, 14336, 32, 32, 8, 0, 131072, 4096),
            "qwen2", new Kind(151936, 4096, 22016, 32, 32, 32, 0, 32768, 4096),
            "qwen3", new Kind(151936, 4096, 22016, 32, 32, 32, 128, 32768, 4096),
            "gemma3_text", new Kind(262208, 2304, 9216, 26, 8, 4, 256, 131072, 4096));

    /// @param type one of `llama`, `mistral`, `qwen2`, `qwen3`, `gemma3_text`
    static DecoderConfig of(ConfigFile config, String type) {
        Kind kind = KINDS.get(type);
        if (kind == null) {
            throw new IllegalArgumentException("no decoder is called " + type);
        }
        boolean gemma = type.equals("gemma3_text");
        int hidden = config.size("hidden_size", kind.hidden);
        int heads = config.size("num_attention_heads", kind.heads);
        int headSize = config.size("head_dim", kind.headSize > 0 ? kind.headSize : hidden / heads);
        if (headSize % 2 != 0) {
            throw config.refused("head_dim", "makes heads of " + headSize + ", whose elements have no pairs");
        }
        int keyHeads = keyHeads(config, kind, heads);
        double scale = 1 / Math.sqrt(gemma ? config.positive("query_pre_attn_scalar", 256) : headSize);
        Dropout dropout = new Dropout(config.share("attention_dropout", 0));
        int vocabulary = config.size("vocab_size", kind.vocabulary);
        return new DecoderConfig(
                vocabulary,
                hidden,
                config.size("intermediate_size", kind.intermediate),
                layers(config, type, kind, headSize),
                new Attention(heads, keyHeads, headSize, scale, dropout),
                biases(config, type),
                config.activation(gemma ? "hidden_activation" : "hidden_act", gemma ? "gelu_pytorch_tanh" : "silu"),
                config.positive("rms_norm_eps", 1e-6),
                gemma || type.equals("qwen3"),
                gemma,
                Settings.padding(config, vocabulary, gemma ? 0 : Lookup.NONE),
                gemma);
    }

    private static int keyHeads(ConfigFile config, Kind kind, int heads) {
        boolean asMany = config.isNull("num_key_value_heads") || kind.keyHeads == 0;
        int keyHeads = config.size("num_key_value_heads", asMany ? heads : kind.keyHeads);
        if (heads % keyHeads != 0) {
            throw config.refused("num_key_value_heads", "does not divide num_attention_heads = " + heads);
        }
        return keyHeads;
    }

    private static Biases biases(ConfigFile config, String type) {
        return switch (type) {
            case "qwen2" -> new Biases(true, false, false);
            case "mistral" -> new Biases(false, false, false);
            default -> {
                boolean attention = config.flag("attention_bias", false);
                yield new Biases(attention, attention, type.equals("llama") && config.flag("mlp_bias", false));
            }
        };
    }

    private static List<Layer> layers(ConfigFile config, String type, Kind kind, int headSize) {
        int count = config.size("num_hidden_layers", kind.layers);
        int places = config.size("max_position_embeddings", kind.places);
        boolean gemma = type.equals("gemma3_text");
        boolean bothWays = gemma && config.flag("use_bidirectional_attention", false);
        int given = window(config, type, kind);
        int window = bothWays && given > 0 ? given / 2 + 1 : given;
        Map<String, Layer> kinds = new HashMap<>();
        for (String name : List.of(FULL, SLIDING)) {
            Mask.Sight sight = new Mask.Sight(!bothWays, name.equals(SLIDING) ? window : 0);
            Rotary rotary = gemma
                    ? RotaryConfig.layered(config, name, headSize, places)
                    : RotaryConfig.flat(config, headSize, places);
            kinds.put(name, new Layer(sight, rotary));
        }
        List<Layer> layers = new ArrayList<>();
        for (String name : layerTypes(config, type, count, window)) {
            Layer layer = kinds.get(name);
            if (layer == null || (name.equals(SLIDING) && window == 0)) {
                throw config.refused("layer_types", "names '" + name + "', which this network does not have");
            }
            layers.add(layer);
        }
        if (layers.size() != count) {
            throw config.refused("layer_types", "names " + layers.size() + " of " + count + " layers");
        }
        return List.copyOf(layers);
    }

    /// Nearness in layers that see only near places; 0 for none.
    private static int window(ConfigFile config, String type, Kind kind) {
        boolean qwen = type.equals("qwen2") || type.equals("qwen3");
        boolean none = kind.window == 0 || (qwen && !config.flag("use_sliding_window", false));
        return none || config.isNull("sliding_window") ? 0 : config.size("sliding_window", kind.window);
    }

    /// The kind of each layer, as the family decides it where the configuration does not.
    private static List<String> layerTypes(ConfigFile config, String type, int count, int window) {
        boolean listed = config.has("layer_types") && !type.equals("llama") && !type.equals("mistral");
        if (listed) {
            return config.texts("layer_types");
        }
        boolean qwen = type.equals("qwen2") || type.equals("qwen3");
        int first = qwen ? config.whole("max_window_layers", 28, 0) : 0;
        int pattern = type.equals("gemma3_text") ? config.size("sliding_window_pattern", 6) : 0;
        List<String> types = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean full = window == 0 || i < first || (pattern > 0 && (i + 1) % pattern == 0);
            types.add(full ? FULL : SLIDING);
        }
        return types;
    }
}
