package dev.sampan.gateway.internal.tongue;

import dev.sampan.gateway.internal.wire.StrictJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reading messages of chats in OpenAI's form.
final class Parts {
    private Parts() {}

    /// A `data:` address in its two halves.
    ///
    /// @param type such as `image/png`
    /// @param base64 what follows the comma
    record Data(String type, String base64) {
        /// Null for an address of another kind.
        static @Nullable Data of(String url) {
            int comma = url.indexOf(',');
            if (!url.startsWith("data:") || comma < 0) {
                return null;
            }
            String head = url.substring("data:".length(), comma);
            return head.endsWith(";base64")
                    ? new Data(head.substring(0, head.length() - ";base64".length()), url.substring(comma + 1))
                    : null;
        }
    }

    /// The texts of a message, joined by blank lines: its content is a text or a list of parts.
    static String text(JsonNode content) {
        if (content.isString()) {
            return content.asString();
        }
        StringBuilder text = new StringBuilder();
        for (JsonNode part : content) {
            String piece = part.path("text").asString(part.path("refusal").asString(""));
            if (!piece.isEmpty()) {
                text.append(text.isEmpty() ? "" : "\n\n").append(piece);
            }
        }
        return text.toString();
    }

    static boolean isSystem(JsonNode message) {
        String role = message.path("role").asString("");
        return role.equals("system") || role.equals("developer");
    }

    /// What all system messages say.
    static String system(JsonNode messages) {
        StringBuilder system = new StringBuilder();
        for (JsonNode message : messages) {
            String text = isSystem(message) ? text(message.path("content")) : "";
            if (!text.isEmpty()) {
                system.append(system.isEmpty() ? "" : "\n\n").append(text);
            }
        }
        return system.toString();
    }

    /// Arguments of a call of a tool, which stand there as text; empty where they are none.
    static ObjectNode arguments(JsonNode call) {
        ObjectNode read =
                StrictJson.objectOrNull(call.path("function").path("arguments").asString("{}"));
        return read == null ? StrictJson.empty() : read;
    }

    static boolean given(ObjectNode body, String name) {
        JsonNode node = body.path(name);
        return !node.isMissingNode() && !node.isNull();
    }

    static void copy(JsonNode from, String name, ObjectNode to, String as) {
        JsonNode value = from.path(name);
        if (!value.isMissingNode() && !value.isNull()) {
            to.set(as, value);
        }
    }
}
