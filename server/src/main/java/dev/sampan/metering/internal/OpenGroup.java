package dev.sampan.metering.internal;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The group that is being filled. Guarded by the journal's lock while it is open, the writer's alone afterwards.
final class OpenGroup {
    ByteBuffer bytes = fresh(1 << 18);
    CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
    boolean awaited;

    boolean isEmpty() {
        return bytes.position() == Format.GROUP_HEADER_BYTES;
    }

    void room(int needed) {
        if (bytes.remaining() < needed) {
            bytes = fresh(bytes.capacity() * 2).put(bytes.flip().position(Format.GROUP_HEADER_BYTES));
        }
    }

    void reset() {
        bytes.clear().position(Format.GROUP_HEADER_BYTES);
        done = new CompletableFuture<>();
        awaited = false;
    }

    private static ByteBuffer fresh(int capacity) {
        return ByteBuffer.allocateDirect(capacity).position(Format.GROUP_HEADER_BYTES);
    }
}
