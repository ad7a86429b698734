package dev.sampan.gateway.internal.tongue;

import dev.sampan.gateway.internal.wire.AnswerId;
import dev.sampan.gateway.internal.wire.ChunkReader;
import dev.sampan.gateway.internal.wire.Incoming;
import dev.sampan.gateway.internal.wire.StrictJson;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Chunks in OpenAI's form out of Gemini's events, each of which is an answer with a piece of the text. A call
/// of a tool comes whole; the stream ends without a word.
final class GeminiEvents implements ChunkReader {
    private final AnswerId id;
    private boolean begun;
    private int calls;

    GeminiEvents(AnswerId id) {
        this.id = id;
    }

    @Override
    public List<ObjectNode> chunks(String data) throws Incoming.Broken {
        ObjectNode said = StrictJson.objectOrNull(data);
        if (said == null || said.hasNonNull("error")) {
            throw new Incoming.Broken(said == null ? "an event that is no JSON object" : "an error in the stream");
        }
        List<ObjectNode> chunks = new ArrayList<>();
        if (GeminiAnswer.blocked(said)) {
            chunks.add(
                    Chunks.delta(0, StrictJson.empty().put("role", "assistant").put("content", "")));
            chunks.add(Chunks.end(0, "content_filter"));
        }
        for (JsonNode candidate : said.path("candidates")) {
            candidate(candidate, chunks);
        }
        ObjectNode usage = GeminiAnswer.usage(said.path("usageMetadata"));
        if (usage != null) {
            chunks.add(Chunks.usage(usage)); // the last one counts
        }
        return chunks;
    }

    private void candidate(JsonNode candidate, List<ObjectNode> chunks) throws Incoming.Broken {
        int choice = candidate.path("index").asInt(0);
        if (!begun) {
            begun = true;
            chunks.add(Chunks.delta(
                    choice, StrictJson.empty().put("role", "assistant").put("content", "")));
        }
        for (JsonNode part : candidate.at("/content/parts")) {
            String text = part.path("text").asString("");
            if (!text.isEmpty()) {
                String name = part.path("thought").asBoolean(false) ? "reasoning_content" : "content";
                chunks.add(Chunks.delta(choice, StrictJson.empty().put(name, text)));
            }
            if (part.path("functionCall").isObject()) {
                ObjectNode delta = StrictJson.empty();
                ObjectNode call = delta.putArray("tool_calls").addObject().put("index", calls++);
                GeminiAnswer.call(part, call, id, calls);
                chunks.add(Chunks.delta(choice, delta));
            }
        }
        if (candidate.path("finishReason").asString("").startsWith("MALFORMED")) {
            throw new Incoming.Broken("a broken call of a tool");
        }
        if (candidate.path("finishReason").isString()) {
            chunks.add(Chunks.end(choice, GeminiAnswer.reason(candidate, calls > 0)));
        }
    }
}
