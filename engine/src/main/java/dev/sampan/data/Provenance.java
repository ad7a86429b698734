package dev.sampan.data;

import dev.sampan.kernel.Sha256;
import java.util.List;

/// Where a data set's rows came from.
public record Provenance(List<SourceFile> sources) {
    public Provenance {
        sources = List.copyOf(sources);
    }

    /// @param name file name without its folder
    /// @param encoding the character set it was read with
    public record SourceFile(String name, long bytes, Sha256 sha256, String encoding, long rows) {}
}
