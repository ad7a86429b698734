package dev.sampan.gateway.internal.wire;

import dev.sampan.gateway.Quantities;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A supplier's stream of chunks made ours, in its caller's dialect, with an end that strict clients
/// understand. From the chunk on that ends the last choice everything is kept back.
public final class ChunkStream implements Incoming {
    private final ProxiedRequest asked;
    private final ChunkReader reader;
    private final ChunkWriter writer;
    private final BitSet finished = new BitSet();
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private @Nullable JsonNode usageSaid;
    private @Nullable TokenUsage usage;
    private long deltas;
    private boolean done;

    public ChunkStream(ProxiedRequest asked, ChunkReader reader, AnswerId id) {
        this.asked = asked;
        this.reader = reader;
        this.writer = switch (asked.dialect()) {
            case OPENAI, BYTES -> new OpenAiChunks(asked, id);
            case RESPONSES -> new ResponseEvents(asked, id);
            case ANTHROPIC -> new MessageEvents(asked, id.id());
        };
    }

    @Override
    public byte @Nullable [] take(String data) throws Broken {
        List<ObjectNode> chunks = reader.chunks(data);
        if (chunks == null) {
            done = true;
            return null;
        }
        byte[] frames = null;
        for (ObjectNode chunk : chunks) {
            byte[] frame = take(chunk);
            frames = frames == null ? frame : frame == null ? frames : joined(frames, frame);
        }
        return frames;
    }

    private byte @Nullable [] take(ObjectNode chunk) {
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

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
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
    @Override
    public boolean complete() {
        return done || finished.cardinality() >= asked.choices();
    }

    @Override
    public boolean done() {
        return done;
    }

    @Override
    public @Nullable Quantities usage() {
        return usage == null ? null : usage.quantities();
    }

    @Override
    public Quantities relayed() {
        return atLeast().quantities();
    }

    private TokenUsage atLeast() {
        return deltas == 0 ? TokenUsage.NONE : asked.estimate(deltas);
    }

    @Override
    public byte[] end() {
        kept.writeBytes(writer.end(usageSaid, usage == null ? atLeast() : usage));
        return kept.toByteArray();
    }

    @Override
    public byte[] failed(ApiError error) {
        return writer.failed(error);
    }
}
