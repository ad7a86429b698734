package dev.sampan.data;

import dev.sampan.kernel.Sha256;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a data set's rows came from.
///
/// @param licence under which they may be used, as the specification says; null when it says nothing
public record Provenance(List<SourceFile> sources, @Nullable String licence) {
    public Provenance {
        sources = List.copyOf(sources);
    }

    public Provenance(List<SourceFile> sources) {
        this(sources, null);
    }

    /// @param name file name without its folder
    /// @param bytes and `sha256` of the file as it was given; of a query's rows
    /// @param encoding the character set it was read with; its format where it is no text
    /// @param url where it was fetched, without user name, password and signature; null for a file of this
    ///     machine
    /// @param etag what the server called this version of it
    /// @param query SQL that made the rows
    public record SourceFile(
            String name,
            long bytes,
            Sha256 sha256,
            String encoding,
            long rows,
            @Nullable String url,
            @Nullable String etag,
            @Nullable String query) {
        public SourceFile(String name, long bytes, Sha256 sha256, String encoding, long rows) {
            this(name, bytes, sha256, encoding, rows, null, null, null);
        }
    }
}
