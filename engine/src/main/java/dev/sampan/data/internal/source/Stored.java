package dev.sampan.data.internal.source;

import dev.sampan.data.Provenance.SourceFile;
import dev.sampan.kernel.Sha256;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A file on this machine, with where it came from.
///
/// @param file may lie in the working folder under a name of its own
/// @param name as people know it, without folders: `rows.csv`, `rows.zip!/part.csv`
/// @param url where it was fetched; null for a file that was here
/// @param etag what the server called this version of it
/// @param origin bytes and hash of the file as it was given, before it was unpacked; null for `file` as it is
record Stored(
        Path file,
        String name,
        @Nullable String url,
        @Nullable String etag,
        @Nullable Given origin) {
    /// A file as it was given.
    record Given(long bytes, Sha256 sha256) {}

    static Stored local(Path file) {
        return new Stored(file, file.getFileName() + "", null, null, null);
    }

    String identity() {
        return url == null ? file.toAbsolutePath().normalize() + " " + name : url + " " + name;
    }

    Stored unpacked(Path to, String newName, Given given) {
        return new Stored(to, newName, url, etag, origin == null ? given : origin);
    }

    SourceFile provenance(Given found, String encoding, long rows) {
        Given given = origin == null ? found : origin;
        return new SourceFile(name, given.bytes(), given.sha256(), encoding, rows, url, etag, null);
    }
}
