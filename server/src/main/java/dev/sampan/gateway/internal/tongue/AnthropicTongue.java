package dev.sampan.gateway.internal.tongue;

import dev.sampan.gateway.internal.wire.AnswerId;
import dev.sampan.gateway.internal.wire.ApiError;
import dev.sampan.gateway.internal.wire.ChunkStream;
import dev.sampan.gateway.internal.wire.Incoming;
import dev.sampan.gateway.internal.wire.ProxiedRequest;
import dev.sampan.gateway.internal.wire.StrictJson;
import dev.sampan.gateway.internal.wire.WholeAnswer;
import dev.sampan.spec.SuppliersSpec.Use;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Anthropic's Messages (`POST /messages`), asked by callers who speak another dialect.
final class AnthropicTongue implements Tongue {
    static final AnthropicTongue TONGUE = new AnthropicTongue();

    private AnthropicTongue() {}

    @Override
    public @Nullable ApiError unfit(ProxiedRequest asked) {
        if (asked.use() != Use.CHAT) {
            return Unfit.use(asked);
        }
        ApiError unfit = Tongue.unfitAsChat(asked);
        if (unfit != null) {
            return unfit;
        }
        String name = asked.choices() > 1 ? "n" : number(asked.body());
        if (name == null
                && asked.body().at("/response_format/type").asString("").equals("json_object")) {
            name = "response_format"; // a schema can be asked for, any object cannot
        }
        return name == null
                ? Unfit.of(asked, AnthropicTongue::said)
                : ApiError.unsupported(name, asked.model().name());
    }

    private static @Nullable String number(ObjectNode body) {
        for (String penalty : new String[] {"presence_penalty", "frequency_penalty"}) {
            if (body.path(penalty).isNumber()
                    && body.path(penalty).decimalValue().signum() != 0) {
                return penalty;
            }
        }
        JsonNode heat = body.path("temperature");
        return heat.isNumber() && heat.decimalValue().compareTo(BigDecimal.ONE) > 0 ? "temperature" : null;
    }

    private static boolean said(JsonNode part) {
        return switch (part.path("type").asString("")) {
            case "image_url" -> true;
            case "file" -> Parts.Data.of(part.at("/file/file_data").asString("")) != null;
            default -> false;
        };
    }

    @Override
    public Spoken say(ProxiedRequest asked, Target target) {
        return spoken(AnthropicRequest.of(asked, target.model()), target);
    }

    static Spoken spoken(ObjectNode body, Target target) {
        Map<String, String> headers = new HashMap<>(target.signed("x-api-key", ""));
        headers.put("anthropic-version", target.version());
        return new Spoken("/messages", headers, StrictJson.bytes(body));
    }

    @Override
    public @Nullable WholeAnswer whole(ProxiedRequest asked, String text, AnswerId id) {
        ObjectNode message = StrictJson.objectOrNull(text);
        return message == null || !message.path("content").isArray()
                ? null
                : WholeAnswer.of(asked, AnthropicAnswer.chat(message), id);
    }

    @Override
    public Incoming stream(ProxiedRequest asked, AnswerId id) {
        return new ChunkStream(asked, new AnthropicEvents(), id);
    }

    /// Anthropic says by sentences alone that there is no money left, or that a prompt is too long.
    @Override
    public JsonNode error(String body) {
        if (!(Tongue.errorIn(body) instanceof ObjectNode error)) {
            return StrictJson.missing();
        }
        String message = error.path("message").asString("");
        if (message.contains("credit balance is too low")) {
            error.put("code", "insufficient_quota");
        } else if (message.contains("prompt is too long")) {
            error.put("code", "context_length_exceeded");
        }
        return error;
    }
}
