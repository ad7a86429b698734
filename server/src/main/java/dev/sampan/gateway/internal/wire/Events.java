package dev.sampan.gateway.internal.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Server-sent events, written.
public final class Events {
    private static final byte[] DATA = "data: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "\n\n".getBytes(StandardCharsets.US_ASCII);

    private Events() {}

    /// @param json on one line
    static byte[] data(byte[] json) {
        ByteArrayOutputStream event = new ByteArrayOutputStream(json.length + 8);
        event.writeBytes(DATA);
        event.writeBytes(json);
        event.writeBytes(END);
        return event.toByteArray();
    }

    public static byte[] named(String name, byte[] json) {
        ByteArrayOutputStream event = new ByteArrayOutputStream(json.length + 40);
        event.writeBytes(("event: " + name + "\n").getBytes(StandardCharsets.US_ASCII));
        event.writeBytes(data(json));
        return event.toByteArray();
    }

    /// An error as the last event of a stream.
    public static byte[] error(ApiError error, Dialect dialect) {
        byte[] body = error.body(dialect);
        return dialect == Dialect.ANTHROPIC ? named("error", body) : data(body);
    }
}
