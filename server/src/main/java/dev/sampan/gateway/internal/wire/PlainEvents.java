package dev.sampan.gateway.internal.wire;

import dev.sampan.gateway.Quantities;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Events of pictures and transcriptions in the making, handed on as they are until the one that ends them.
public final class PlainEvents implements Incoming {
    private final ProxiedRequest asked;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private Quantities used;
    private int ends;
    private boolean done;

    public PlainEvents(ProxiedRequest asked) {
        this.asked = asked;
        this.used = PlainRequests.atLeast(asked);
    }

    @Override
    public byte @Nullable [] take(String data) throws Broken {
        if (data.strip().equals("[DONE]")) {
            done = true;
            return null;
        }
        ObjectNode event = StrictJson.objectOrNull(data);
        if (event == null || event.hasNonNull("error")) {
            throw new Broken(event == null ? "an event that is no JSON object" : "an error in the stream");
        }
        String type = event.path("type").asString("");
        if (type.endsWith(".done") || type.endsWith(".completed")) {
            ends++;
            used = PlainAnswers.counted(event.path("usage"), used);
        }
        byte[] frame = Events.data(StrictJson.bytes(event));
        if (!complete()) {
            return frame;
        }
        kept.writeBytes(frame);
        return null;
    }

    @Override
    public boolean complete() {
        return done || ends >= asked.choices();
    }

    @Override
    public boolean done() {
        return done;
    }

    @Override
    public Quantities usage() {
        return used;
    }

    /// What was made is told at the end; what comes before it costs nothing.
    @Override
    public Quantities relayed() {
        return Quantities.NONE;
    }

    @Override
    public byte[] end() {
        return kept.toByteArray();
    }

    @Override
    public byte[] failed(ApiError error) {
        return Events.error(error, Dialect.OPENAI);
    }
}
