package dev.sampan.gateway.internal.wire;

import dev.sampan.gateway.Meter;
import dev.sampan.gateway.Quantities;
import dev.sampan.spec.SuppliersSpec.Use;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Answers to calls that are no conversation, made ours, and what is counted of them.
final class PlainAnswers {
    private static final String TEXT = "text/plain; charset=utf-8";

    private PlainAnswers() {}

    /// Null when it is no answer to what was asked.
    static @Nullable WholeAnswer of(ProxiedRequest asked, String text, AnswerId id) {
        Upload upload = asked.upload();
        if (upload != null && isText(upload.field("response_format"))) {
            return text.isEmpty()
                    ? null
                    : new WholeAnswer(text.getBytes(StandardCharsets.UTF_8), PlainRequests.atLeast(asked), TEXT);
        }
        ObjectNode answer = StrictJson.objectOrNull(text);
        if (answer == null || !isAnswer(asked.use(), answer)) {
            return null;
        }
        if (answer.has("id")) {
            answer.put("id", (asked.use() == Use.MODERATIONS ? "modr-" : "") + id.id());
        }
        if (answer.has("model")) {
            answer.put("model", asked.model().name());
        }
        return new WholeAnswer(StrictJson.bytes(answer), used(asked, answer), WholeAnswer.JSON);
    }

    private static boolean isText(String format) {
        return format.equals("text") || format.equals("srt") || format.equals("vtt");
    }

    private static boolean isAnswer(Use use, ObjectNode answer) {
        return switch (use) {
            case MODERATIONS, RERANK -> answer.path("results").isArray();
            case IMAGES -> answer.path("data").isArray() && !answer.path("data").isEmpty();
            default -> answer.path("text").isString();
        };
    }

    private static Quantities used(ProxiedRequest asked, ObjectNode answer) {
        Quantities used = counted(answer.path("usage"), PlainRequests.atLeast(asked));
        return switch (asked.use()) {
            case IMAGES -> used.with(Meter.IMAGE, answer.path("data").size());
            case RERANK -> {
                JsonNode units = answer.at("/meta/billed_units/search_units"); // as Cohere counts
                yield units.isIntegralNumber() && units.asLong() >= 0 ? used.with(Meter.REQUEST, units.asLong()) : used;
            }
            case TRANSCRIPTIONS, TRANSLATIONS -> seconds(answer.path("duration"), used);
            default -> used;
        };
    }

    /// Tokens or seconds, as `usage` says.
    ///
    /// @param otherwise what it comes to where nothing is said
    static Quantities counted(JsonNode usage, Quantities otherwise) {
        if (usage.path("type").asString("").equals("duration")) {
            return seconds(usage.path("seconds"), otherwise);
        }
        TokenUsage tokens = usage.has("input_tokens") ? Responses.usage(usage) : TokenUsage.of(usage);
        if (tokens == null && usage.path("total_tokens").isIntegralNumber()) {
            tokens = new TokenUsage(Math.max(0, usage.path("total_tokens").asLong()), 0, 0);
        }
        if (tokens == null) {
            return otherwise;
        }
        Quantities used = tokens.quantities();
        for (Meter meter : new Meter[] {Meter.REQUEST, Meter.IMAGE, Meter.SECOND}) {
            used = used.with(meter, otherwise.of(meter));
        }
        return used;
    }

    /// Begun seconds are whole ones.
    private static Quantities seconds(JsonNode said, Quantities otherwise) {
        if (!said.isNumber() || said.decimalValue().signum() < 0) {
            return otherwise;
        }
        return otherwise.with(
                Meter.SECOND,
                said.decimalValue().setScale(0, RoundingMode.CEILING).longValue());
    }
}
