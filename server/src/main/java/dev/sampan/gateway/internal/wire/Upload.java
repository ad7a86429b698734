package dev.sampan.gateway.internal.wire;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A form with a recording, received: the recording lies in a file of ours until the call ends.
///
/// @param fields in their order, some maybe more than once; `model` among them
/// @param filename safe to be told: letters, digits, `.`, `-` and `_`
/// @param length how long the recording is by its own head; null where it does not say
public record Upload(
        List<Map.Entry<String, String>> fields,
        Path file,
        String filename,
        String type,
        long bytes,
        @Nullable SoundLength length) {
    /// No codec in use has fewer bytes for a second of speech.
    private static final long BYTES_A_SECOND = 500;

    public Upload {
        fields = List.copyOf(fields);
    }

    /// The first of the name; empty where there is none.
    public String field(String name) {
        return fields.stream()
                .filter(field -> field.getKey().equals(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    /// How long it is at the most. A head may lie, except where the sound itself is read by it.
    long secondsMax() {
        long most = bytes / BYTES_A_SECOND + 1;
        if (length == null) {
            return most;
        }
        return length.sure() ? length.seconds() + 1 : Math.max(most, length.seconds());
    }
}
