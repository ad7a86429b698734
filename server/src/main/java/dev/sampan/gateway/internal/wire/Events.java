package dev.sampan.gateway.internal.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

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
    ///
    /// @return null where a stream has no place for it: the connection is to be cut
    public static byte @Nullable [] orCut(ApiError error, Dialect dialect) {
        return dialect == Dialect.BYTES ? null : error(error, dialect);
    }

    static byte[] error(ApiError error, Dialect dialect) {
        return switch (dialect) {
            case ANTHROPIC -> named("error", error.body(dialect));
            case RESPONSES -> named("error", responses(error));
            case OPENAI, BYTES -> data(error.body(dialect));
        };
    }

    private static byte[] responses(ApiError error) {
        return StrictJson.bytes(StrictJson.empty()
                .put("type", "error")
                .put("sequence_number", 0)
                .put("code", error.code())
                .put("message", error.message())
                .put("param", error.param()));
    }
}
