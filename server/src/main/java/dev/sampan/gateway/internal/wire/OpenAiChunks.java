package dev.sampan.gateway.internal.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// One id, one time and the public model name in every chunk, no usage but where it is asked for, and `[DONE]`.
final class OpenAiChunks implements ChunkWriter {
    private static final byte[] DONE = "data: [DONE]\n\n".getBytes(StandardCharsets.US_ASCII);

    private final ProxiedRequest asked;
    private final String id;
    private final long created;
    private String object = "chat.completion.chunk";

    OpenAiChunks(ProxiedRequest asked, AnswerId id) {
        this.asked = asked;
        this.id = asked.idPrefix() + id.id();
        this.created = id.created();
    }

    @Override
    public byte[] chunk(ObjectNode chunk) {
        object = chunk.path("object").asString(object);
        chunk.put("id", id);
        chunk.put("created", created);
        chunk.put("model", asked.model().name());
        chunk.remove("usage");
        if (asked.usageWanted()) {
            chunk.putNull("usage");
        }
        return Events.data(StrictJson.bytes(chunk));
    }

    @Override
    public byte[] end(@Nullable JsonNode said, TokenUsage counted) {
        ByteArrayOutputStream end = new ByteArrayOutputStream();
        if (asked.usageWanted()) {
            ObjectNode chunk = StrictJson.empty();
            chunk.put("id", id);
            chunk.put("object", object);
            chunk.put("created", created);
            chunk.put("model", asked.model().name());
            chunk.putArray("choices");
            chunk.set("usage", said == null ? tree(counted) : said);
            end.writeBytes(Events.data(StrictJson.bytes(chunk)));
        }
        end.writeBytes(DONE);
        return end.toByteArray();
    }

    @Override
    public byte[] failed(ApiError error) {
        return Events.error(error, Dialect.OPENAI);
    }

    private static ObjectNode tree(TokenUsage usage) {
        ObjectNode tree = StrictJson.empty();
        tree.put("prompt_tokens", usage.prompt());
        tree.put("completion_tokens", usage.output());
        tree.put("total_tokens", usage.prompt() + usage.output());
        return tree;
    }
}
