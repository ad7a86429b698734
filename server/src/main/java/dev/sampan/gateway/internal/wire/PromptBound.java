package dev.sampan.gateway.internal.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// How many tokens a prompt can come to, for holding money, without its supplier's tokenizer: no tokenizer in
/// use makes more tokens of a text than it has bytes of UTF-8. A token that was counted beyond this bound is
/// not charged.
final class PromptBound {
    /// Names of the parts a supplier makes a prompt of.
    private static final List<String> PARTS = List.of(
            "messages",
            "system",
            "tools",
            "functions",
            "response_format",
            "prompt",
            "suffix",
            "input",
            "instructions",
            "text",
            "query",
            "documents");

    private static final int FRAME = 64;
    private static final int EACH_NODE = 8;

    /// More than any supplier we know counts for a picture at full detail.
    private static final int PICTURE = 8192;

    /// Bytes of base64 to a token of speech, fewer than the most frugal codec has.
    private static final int SPEECH_BYTES = 64;

    private static final int BYTES_A_TOKEN = 4;

    private PromptBound() {}

    static long of(ObjectNode body) {
        long tokens = FRAME;
        for (String part : PARTS) {
            JsonNode node = body.get(part);
            if (node != null) {
                tokens += bound(node);
            }
        }
        return tokens;
    }

    /// What a prompt of this size has at least, near enough, when nobody says how much it was.
    static long estimate(ObjectNode body) {
        return of(body) / BYTES_A_TOKEN;
    }

    static long bound(JsonNode node) {
        if (node.isString()) {
            return node.asString().getBytes(StandardCharsets.UTF_8).length;
        }
        if (node instanceof ObjectNode object) {
            return object(object);
        }
        if (!node.isArray()) {
            return node.isNumber() ? node.asString().length() : EACH_NODE;
        }
        long tokens = 0;
        for (JsonNode item : node) {
            tokens += bound(item) + (item.isNumber() ? 0 : EACH_NODE);
        }
        return tokens;
    }

    private static long object(ObjectNode object) {
        String type = object.path("type").isString() ? object.path("type").asString() : "";
        if (type.equals("image_url") || type.equals("input_image") || type.equals("image") && object.has("source")) {
            return PICTURE;
        }
        if (type.equals("input_audio")) {
            return FRAME + bound(object.path("input_audio").path("data")) / SPEECH_BYTES;
        }
        long tokens = 0;
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            tokens += field.getKey().length() + EACH_NODE + bound(field.getValue());
        }
        return tokens;
    }
}
