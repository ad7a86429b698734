package dev.sampan.data.internal.source;

import dev.sampan.data.internal.source.Stored.Given;
import dev.sampan.kernel.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/// What a query answered, as a number of bytes and a hash: there is no file to take them of. Each value counts
/// as its UTF-8 bytes after their length.
final class RowDigest {
    private final MessageDigest digest = Sha256.digest();
    private final ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);
    private long bytes;

    void add(List<String> values) {
        for (String value : values) {
            byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
            digest.update(length.putInt(0, utf8.length).array());
            digest.update(utf8);
            bytes += utf8.length;
        }
    }

    /// Of all rows so far; once.
    Given finish() {
        return new Given(bytes, Sha256.finish(digest.digest()));
    }
}
