package dev.sampan.gateway.internal.wire;

import java.io.ByteArrayOutputStream;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A supplier's stream made ours, in its caller's dialect, with an end that strict clients understand. From the chunk
/// on that ends the last choice everything is kept back: it leaves when the call is paid.
public final class ChunkStream {
    private final ProxiedRequest asked;
    private final ChunkWriter writer;
    private final BitSet finished = new BitSet();
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private @Nullable JsonNode usageSaid;
    private @Nullable TokenUsage usage;
    private long deltas;
    private boolean done;

    /// @param id of this call
    /// @param created seconds since 1970
    public ChunkStream(ProxiedRequest asked, String id, long created) {
        this.asked = asked;
        this.writer = asked.dialect() == Dialect.ANTHROPIC
                ? new MessageEvents(asked, id)
                : new OpenAiChunks(asked, id, created);
    }

    /// The supplier's stream is no stream of chunks, or says that it failed.
    public static final class Broken extends Exception {
        private static final long serialVersionUID = 1;

        Broken(String message) {
            super(message, null, false, false);
        }
    }

    /// @param data of one event
    /// @return what goes to the caller now; null when nothing does
    public byte @Nullable [] take(String data) throws Broken {
        if (data.strip().equals("[DONE]")) {
            done = true;
            return null;
        }
        ObjectNode chunk = StrictJson.objectOrNull(data);
        if (chunk == null) {
            throw new Broken("an event that is no JSON object");
        }
        if (chunk.hasNonNull("error")) {
            throw new Broken("an error in the stream");
        }
        takeUsage(chunk);
        JsonNode choices = chunk.path("choices");
        if (!choices.isArray() || choices.isEmpty()) {
            return null;
        }
        choices.forEach(this::look);
        byte[] frame = writer.chunk(chunk);
        if (finished.cardinality() < asked.choices()) {
            return frame;
        }
        kept.writeBytes(frame);
        return null;
    }

    private void takeUsage(ObjectNode chunk) {
        JsonNode said = chunk.path("usage");
        TokenUsage counted = said.isObject() ? TokenUsage.of(said) : null;
        if (counted != null) {
            usage = counted;
            usageSaid = said;
        }
    }

    private void look(JsonNode choice) {
        JsonNode delta = choice.path("delta");
        boolean says = !delta.path("content").asString("").isEmpty()
                || !delta.path("reasoning_content").asString("").isEmpty()
                || !delta.path("refusal").asString("").isEmpty()
                || delta.hasNonNull("tool_calls")
                || !choice.path("text").asString("").isEmpty();
        deltas += says ? 1 : 0;
        if (choice.hasNonNull("finish_reason")) {
            finished.set(Math.clamp(choice.path("index").asInt(0), 0, asked.choices() - 1));
        }
    }

    /// Whether the answer is whole: every choice has its end, or the supplier says that this was all.
    public boolean complete() {
        return done || finished.cardinality() >= asked.choices();
    }

    /// Nothing more is to come.
    public boolean done() {
        return done;
    }

    /// How much it was, as the supplier says.
    public @Nullable TokenUsage usage() {
        return usage;
    }

    /// How much it was at the least: each piece of an answer holds a token or more. Nothing, where nothing came.
    public TokenUsage relayed() {
        return deltas == 0 ? new TokenUsage(0, 0, 0) : asked.estimate(deltas);
    }

    /// The end of a whole answer.
    public byte[] end() {
        kept.writeBytes(writer.end(usageSaid, usage == null ? relayed() : usage));
        return kept.toByteArray();
    }
}
