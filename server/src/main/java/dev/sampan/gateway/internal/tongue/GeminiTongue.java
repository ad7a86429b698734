package dev.sampan.gateway.internal.tongue;

import dev.sampan.gateway.internal.wire.AnswerId;
import dev.sampan.gateway.internal.wire.ApiError;
import dev.sampan.gateway.internal.wire.ChunkStream;
import dev.sampan.gateway.internal.wire.Incoming;
import dev.sampan.gateway.internal.wire.ProxiedRequest;
import dev.sampan.gateway.internal.wire.StrictJson;
import dev.sampan.gateway.internal.wire.WholeAnswer;
import dev.sampan.spec.SuppliersSpec.Use;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Google's Gemini API: `models/{model}:generateContent`, `:streamGenerateContent?alt=sse` and
/// `:batchEmbedContents`.
final class GeminiTongue implements Tongue {
    static final GeminiTongue TONGUE = new GeminiTongue();

    private GeminiTongue() {}

    @Override
    public @Nullable ApiError unfit(ProxiedRequest asked) {
        ApiError unfit = Tongue.unfitAsChat(asked);
        if (unfit != null) {
            return unfit;
        }
        return switch (asked.use()) {
            case CHAT -> chat(asked);
            case EMBEDDINGS -> GeminiVectors.unfit(asked);
            default -> Unfit.use(asked);
        };
    }

    private static @Nullable ApiError chat(ProxiedRequest asked) {
        JsonNode together = asked.body().path("parallel_tool_calls");
        return together.isBoolean() && !together.asBoolean()
                ? ApiError.unsupported("parallel_tool_calls", asked.model().name())
                : Unfit.of(asked, GeminiTongue::said);
    }

    /// Pictures and files go in the request itself: an address of somebody else's is not read there.
    private static boolean said(JsonNode part) {
        return switch (part.path("type").asString("")) {
            case "image_url" -> Parts.Data.of(part.at("/image_url/url").asString("")) != null;
            case "file" -> Parts.Data.of(part.at("/file/file_data").asString("")) != null;
            case "input_audio" -> part.at("/input_audio/data").isString();
            default -> false;
        };
    }

    @Override
    public Spoken say(ProxiedRequest asked, Target target) {
        boolean vectors = asked.use() == Use.EMBEDDINGS;
        String model = URLEncoder.encode(target.model(), StandardCharsets.UTF_8).replace("+", "%20");
        String does = vectors
                ? ":batchEmbedContents"
                : asked.stream() ? ":streamGenerateContent?alt=sse" : ":generateContent";
        ObjectNode body = vectors ? GeminiVectors.request(asked, target.model()) : GeminiRequest.of(asked);
        return new Spoken("/models/" + model + does, target.signed("x-goog-api-key", ""), StrictJson.bytes(body));
    }

    @Override
    public @Nullable WholeAnswer whole(ProxiedRequest asked, String text, AnswerId id) {
        ObjectNode said = StrictJson.objectOrNull(text);
        if (said == null) {
            return null;
        }
        ObjectNode answer =
                asked.use() == Use.EMBEDDINGS ? GeminiVectors.answer(asked, said) : GeminiAnswer.chat(said, id);
        return WholeAnswer.of(asked, answer, id);
    }

    @Override
    public Incoming stream(ProxiedRequest asked, AnswerId id) {
        return new ChunkStream(asked, new GeminiEvents(id), id);
    }

    @Override
    public JsonNode error(String body) {
        if (!(Tongue.errorIn(body) instanceof ObjectNode error)) {
            return StrictJson.missing();
        }
        error.remove("code"); // the status once more
        for (JsonNode detail : error.path("details")) {
            if (detail.path("reason").asString("").equals("API_KEY_INVALID")) {
                error.put("code", "invalid_api_key");
            }
            String delay = detail.path("retryDelay").asString("");
            if (delay.endsWith("s")) {
                error.put("retry_after", delay.substring(0, delay.length() - 1));
            }
        }
        if (error.path("message").asString("").contains("exceeds the maximum number of tokens")) {
            error.put("code", "context_length_exceeded");
        }
        return error;
    }
}
