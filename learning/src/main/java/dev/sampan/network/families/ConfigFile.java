package dev.sampan.network.families;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.network.layers.Activation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The settings of a `config.json`, or of an object in it, each asked for by its type. What is absent or null
/// has the default that the reference gives it; what has another type or lies out of range is refused.
final class ConfigFile {
    private static final int SIZE_MAX = 1 << 28;

    private final ObjectNode root;
    private final String place;
    private final Map<String, String> otherNames;

    /// @param place of the file, for messages
    /// @param otherNames second names the reference takes for some keys
    ConfigFile(ObjectNode root, String place, Map<String, String> otherNames) {
        this.root = root;
        this.place = place;
        this.otherNames = Map.copyOf(otherNames);
    }

    /// The same settings with other second names.
    ConfigFile withNames(Map<String, String> names) {
        return new ConfigFile(root, place, names);
    }

    String place() {
        return place;
    }

    /// The whole of it; a copy.
    ObjectNode tree() {
        return root.deepCopy();
    }

    boolean has(String key) {
        return node(key) != null;
    }

    /// Whether it is there and null, which for some settings is another thing than absent.
    boolean isNull(String key) {
        return root.has(key) && root.get(key).isNull() && node(key) == null;
    }

    /// A whole number of at least 1.
    int size(String key, int fallback) {
        return whole(key, fallback, 1);
    }

    /// A whole number of at least `least`.
    int whole(String key, int fallback, int least) {
        JsonNode node = node(key);
        if (node == null) {
            return fallback;
        }
        double value = node.isNumber() ? node.doubleValue() : Double.NaN;
        if (value != Math.rint(value) || value < least || value > SIZE_MAX) {
            throw refused(key, "is no whole number of at least " + least);
        }
        return (int) value;
    }

    /// A whole number, or null.
    @Nullable
    Integer wholeOrNull(String key, int least) {
        return node(key) == null ? null : Integer.valueOf(whole(key, 0, least));
    }

    double number(String key, double fallback) {
        JsonNode node = node(key);
        if (node == null) {
            return fallback;
        }
        if (!node.isNumber() || !Double.isFinite(node.doubleValue())) {
            throw refused(key, "is no number");
        }
        return node.doubleValue();
    }

    /// A number above 0.
    double positive(String key, double fallback) {
        double value = number(key, fallback);
        if (!(value > 0)) {
            throw refused(key, "is not above 0");
        }
        return value;
    }

    /// A share from 0 to below 1.
    double share(String key, double fallback) {
        double value = number(key, fallback);
        if (!(value >= 0 && value < 1)) {
            throw refused(key, "is no share from 0 to below 1");
        }
        return value;
    }

    boolean flag(String key, boolean fallback) {
        JsonNode node = node(key);
        if (node == null) {
            return fallback;
        }
        if (!node.isBoolean()) {
            throw refused(key, "is neither true nor false");
        }
        return node.booleanValue();
    }

    String text(String key, String fallback) {
        JsonNode node = node(key);
        if (node == null) {
            return fallback;
        }
        if (!node.isString()) {
            throw refused(key, "is no text");
        }
        return node.stringValue();
    }

    Activation activation(String key, String fallback) {
        String name = text(key, fallback);
        return Activation.named(name)
                .orElseThrow(() -> refused(key, "is no function this version has: " + Activation.known()));
    }

    /// Texts in a list; empty when absent.
    List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        for (JsonNode one : list(key)) {
            if (!one.isString()) {
                throw refused(key, "is no list of texts");
            }
            texts.add(one.stringValue());
        }
        return texts;
    }

    /// Numbers in a list; empty when absent.
    double[] numbers(String key) {
        List<JsonNode> nodes = list(key);
        if (!nodes.stream().allMatch(JsonNode::isNumber)) {
            throw refused(key, "is no list of numbers");
        }
        return nodes.stream().mapToDouble(JsonNode::doubleValue).toArray();
    }

    /// An object in it, or null.
    @Nullable
    ConfigFile object(String key) {
        JsonNode node = node(key);
        if (node == null) {
            return null;
        }
        if (!(node instanceof ObjectNode object)) {
            throw refused(key, "is no object");
        }
        return new ConfigFile(object, place, Map.of());
    }

    /// Refuses a switch that changes the answers and is not known here.
    void refuseSet(String key, String what) {
        if (flag(key, false)) {
            throw refused(key, "asks for " + what + ", which this version does not have");
        }
    }

    /// Refuses anything but the value.
    void refuseUnless(String key, String only, String otherwise) {
        if (!text(key, only).equals(only)) {
            throw refused(key, otherwise);
        }
    }

    /// What makes an exception of a setting.
    ProblemException refused(String key, String why) {
        JsonNode node = node(key);
        String shown = node == null ? "absent" : node.toString();
        String cut = shown.length() <= 80 ? shown : shown.substring(0, 80) + "…";
        return new ProblemException(
                Problem.of("model.config_unsupported", "The setting " + key + " = " + cut + " " + why + ".")
                        .at(place));
    }

    private List<JsonNode> list(String key) {
        JsonNode node = node(key);
        if (node == null) {
            return List.of();
        }
        if (!node.isArray()) {
            throw refused(key, "is no list");
        }
        List<JsonNode> nodes = new ArrayList<>();
        node.forEach(nodes::add);
        return nodes;
    }

    private @Nullable JsonNode node(String key) {
        JsonNode node = root.get(key);
        String other = otherNames.get(key);
        if ((node == null || node.isNull()) && other != null) {
            node = root.get(other);
        }
        return node == null || node.isNull() ? null : node;
    }
}
