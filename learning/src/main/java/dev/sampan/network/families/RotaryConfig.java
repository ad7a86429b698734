package dev.sampan.network.families;

import dev.sampan.network.layers.Rotary;
import dev.sampan.network.layers.RotaryScaling;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// How positions turn, in the new spelling (`rope_parameters` with `rope_theta` and `rope_type` in it, for
/// each kind of layer in Gemma 3) and the old (`rope_theta`, `rope_local_base_freq` and `rope_scaling` with
/// `type`).
final class RotaryConfig {
    private static final String NEW = "rope_parameters";
    private static final String OLD = "rope_scaling";
    private static final String THETA = "rope_theta";

    private RotaryConfig() {}

    /// One for all layers.
    static Rotary flat(ConfigFile config, int headSize, int places) {
        ConfigFile old = config.object(OLD);
        ConfigFile own = old != null && old.tree().size() > 0 ? old : config.object(NEW);
        ConfigFile set = own == null ? empty() : own;
        double theta = set.positive(THETA, config.positive(THETA, 10_000));
        Integer before = config.wholeOrNull("original_max_position_embeddings", 1);
        return rotary(config, set, new Range(headSize, theta, places, before));
    }

    /// Gemma 3's, of one kind of layer.
    static Rotary layered(ConfigFile config, String layer, int headSize, int places) {
        boolean full = layer.equals("full_attention");
        ConfigFile all = config.object(NEW);
        ConfigFile own = all == null ? null : all.object(layer);
        ObjectNode merged = own == null ? JsonNodeFactory.instance.objectNode() : own.tree();
        ConfigFile old = config.object(OLD);
        if (full && old != null) {
            merged.setAll(old.tree());
        }
        ConfigFile set = new ConfigFile(merged, "config.json", Map.of());
        double otherwise = full ? config.positive(THETA, 1_000_000) : config.positive("rope_local_base_freq", 10_000);
        return rotary(config, set, new Range(headSize, set.positive(THETA, otherwise), places, null));
    }

    /// @param before `original_max_position_embeddings` beside the rotary settings, which goes before the one
    ///     in them
    private record Range(
            int headSize,
            double theta,
            int places,
            @Nullable Integer before) {
        int original(ConfigFile set) {
            return before == null ? set.size("original_max_position_embeddings", places) : before;
        }
    }

    private static Rotary rotary(ConfigFile config, ConfigFile set, Range range) {
        String type = set.text("rope_type", set.text("type", "default"));
        double share = set.number("partial_rotary_factor", config.number("partial_rotary_factor", 1));
        if (share != 1 && !type.equals("proportional")) {
            throw config.refused("partial_rotary_factor", "turns a part of each head, which this network does not");
        }
        RotaryScaling scaling = switch (type) {
            case "default" -> new RotaryScaling.None();
            case "linear" -> new RotaryScaling.Linear(required(config, set, "factor"));
            case "dynamic" -> new RotaryScaling.Dynamic(required(config, set, "factor"), range.places);
            case "proportional" -> new RotaryScaling.Proportional(share, set.positive("factor", 1));
            case "llama3" ->
                new RotaryScaling.Llama3(
                        required(config, set, "factor"),
                        required(config, set, "low_freq_factor"),
                        required(config, set, "high_freq_factor"),
                        range.original(set));
            case "yarn" -> yarn(set, range);
            case "longrope" -> longRope(config, set, range);
            default -> throw config.refused(config.has(OLD) ? OLD : NEW, "has a type this version does not know");
        };
        return new Rotary(range.headSize, range.theta, scaling);
    }

    private static double required(ConfigFile config, ConfigFile set, String key) {
        if (!set.has(key)) {
            throw config.refused(config.has(OLD) ? OLD : NEW, "has no " + key);
        }
        return set.positive(key, 1);
    }

    private static RotaryScaling yarn(ConfigFile set, Range range) {
        int original = range.original(set);
        double factor = set.positive("factor", (double) range.places / original);
        double one = set.number("mscale", 0);
        double all = set.number("mscale_all_dim", 0);
        double length = one != 0 && all != 0 ? stretch(factor, one) / stretch(factor, all) : stretch(factor, 1);
        double fast = set.number("beta_fast", 0);
        double slow = set.number("beta_slow", 0);
        return new RotaryScaling.Yarn(
                factor,
                set.number("attention_factor", length),
                fast == 0 ? 32 : fast,
                slow == 0 ? 1 : slow,
                original,
                set.flag("truncate", true));
    }

    private static double stretch(double factor, double scale) {
        return factor <= 1 ? 1 : 0.1 * scale * Math.log(factor) + 1;
    }

    private static RotaryScaling longRope(ConfigFile config, ConfigFile set, Range range) {
        int original = range.original(set);
        double[] shorter = set.numbers("short_factor");
        double[] longer = set.numbers("long_factor");
        int pairs = range.headSize / 2;
        if (shorter.length != pairs || longer.length != pairs) {
            throw config.refused(config.has(OLD) ? OLD : NEW, "does not have a factor for each of " + pairs + " pairs");
        }
        double factor = set.positive("factor", (double) range.places / original);
        double length = factor <= 1 ? 1 : Math.sqrt(1 + Math.log(factor) / Math.log(original));
        return new RotaryScaling.LongRope(shorter, longer, set.number("attention_factor", length), original);
    }

    /// Says the new spelling's settings in the old one as well, for readers from before it.
    static void addOldSpelling(ObjectNode config) {
        if (!(config.get(NEW) instanceof ObjectNode all) || config.has(THETA)) {
            return;
        }
        ObjectNode one = all;
        if (all.get("full_attention") instanceof ObjectNode full) {
            one = full;
            if (all.path("sliding_attention").has(THETA)) {
                config.set("rope_local_base_freq", all.path("sliding_attention").get(THETA));
            }
        }
        if (one.has(THETA)) {
            config.set(THETA, one.get(THETA));
        }
        if (!one.path("rope_type").asString("default").equals("default")) {
            ObjectNode scaling = one.deepCopy();
            scaling.remove(THETA);
            config.set(OLD, scaling);
        }
    }

    private static ConfigFile empty() {
        return new ConfigFile(JsonNodeFactory.instance.objectNode(), "config.json", Map.of());
    }
}
