package dev.sampan.gateway.internal.supply;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/// An answer that is no text, such as speech: it goes on as it comes, one piece behind, because the last one
/// waits for the charge.
final class ByteAnswer {
    private final Relay relay;
    private final String type;
    private @Nullable Buffer last;

    ByteAnswer(Relay relay, String type) {
        this.relay = relay;
        this.type = type;
    }

    /// Whether something went on.
    boolean take(Buffer piece) {
        Buffer before = last;
        last = piece;
        if (before == null) {
            return false;
        }
        relay.show(before.getBytes(), type);
        return true;
    }

    boolean empty() {
        return last == null;
    }

    Caller.Rest rest() {
        return new Caller.Rest(last == null ? new byte[0] : last.getBytes(), type);
    }
}
