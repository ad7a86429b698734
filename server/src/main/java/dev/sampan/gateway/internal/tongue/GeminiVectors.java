package dev.sampan.gateway.internal.tongue;

import dev.sampan.gateway.internal.wire.ApiError;
import dev.sampan.gateway.internal.wire.ProxiedRequest;
import dev.sampan.gateway.internal.wire.StrictJson;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Embeddings by `batchEmbedContents`, which says nothing of tokens.
final class GeminiVectors {
    private GeminiVectors() {}

    /// Texts alone: lists of tokens are another model's.
    static @Nullable ApiError unfit(ProxiedRequest asked) {
        for (JsonNode input : inputs(asked)) {
            if (!input.isString()) {
                return ApiError.unsupported("input", asked.model().name());
            }
        }
        return null;
    }

    private static Iterable<JsonNode> inputs(ProxiedRequest asked) {
        JsonNode input = asked.body().path("input");
        return input.isArray() ? input : List.of(input);
    }

    static ObjectNode request(ProxiedRequest asked, String modelThere) {
        ObjectNode there = StrictJson.empty();
        ArrayNode requests = there.putArray("requests");
        for (JsonNode input : inputs(asked)) {
            ObjectNode one = requests.addObject().put("model", "models/" + modelThere);
            one.putObject("content").putArray("parts").addObject().set("text", input);
            Parts.copy(asked.body(), "dimensions", one, "outputDimensionality");
        }
        return there;
    }

    static ObjectNode answer(ProxiedRequest asked, ObjectNode said) {
        boolean packed = asked.body().path("encoding_format").asString("").equals("base64");
        ObjectNode answer = StrictJson.empty().put("object", "list");
        ArrayNode data = answer.putArray("data");
        for (JsonNode one : said.path("embeddings")) {
            ObjectNode made = data.addObject().put("object", "embedding").put("index", data.size() - 1);
            if (packed) {
                made.put("embedding", packed(one.path("values")));
            } else {
                made.set("embedding", one.path("values"));
            }
        }
        return answer;
    }

    /// Little-endian floats, as OpenAI packs them.
    private static String packed(JsonNode values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.size() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        values.forEach(value -> bytes.putFloat(value.floatValue()));
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}
