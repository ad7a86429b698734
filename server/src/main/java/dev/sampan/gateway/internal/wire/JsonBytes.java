package dev.sampan.gateway.internal.wire;

import dev.sampan.kernel.Json;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.util.ByteArrayBuilder;

/// JSON straight to bytes, in the order it is written.
public final class JsonBytes {
    private JsonBytes() {}

    public static byte[] write(Consumer<JsonGenerator> content) {
        try (ByteArrayBuilder bytes = new ByteArrayBuilder()) {
            try (JsonGenerator json = Json.MAPPER.createGenerator(bytes)) {
                content.accept(json);
            }
            return bytes.toByteArray();
        }
    }
}
