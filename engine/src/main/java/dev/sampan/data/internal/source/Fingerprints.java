package dev.sampan.data.internal.source;

import dev.sampan.kernel.Progress;
import dev.sampan.kernel.Sha256;
import dev.sampan.spec.DataSpec;
import dev.sampan.spec.DataSpec.Format;
import dev.sampan.spec.DataSpec.InputType;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What tells the content of sources from another content, without reading their rows: names and hashes of
/// files on this machine, what a server says of its own; where nobody says, a text that is never the same.
public final class Fingerprints {
    private final DataSpec data;
    private final Path folder;
    private final Fetching fetching;

    public Fingerprints(DataSpec data, Path folder, Progress progress) {
        this.data = data;
        this.folder = folder;
        this.fetching = new Fetching(progress);
    }

    public List<String> of(String pattern) {
        if (data.source().checksum() != null && !pattern.startsWith("jdbc:")) {
            return List.of(data.source().checksum());
        }
        if (pattern.startsWith("jdbc:")) {
            return List.of(said(Database.shown(pattern), null));
        }
        if (pattern.startsWith("http://") || pattern.startsWith("https://")) {
            URI uri = Fetching.parsed(pattern);
            return List.of(said(Fetching.shown(uri), fetching.version(uri, Fetching::plain)));
        }
        if (pattern.startsWith("s3://")) {
            String[] parts = S3.parts(pattern);
            S3 store = new S3(fetching, parts[0], Environment::get);
            return S3.isGlob(parts[1])
                    ? store.matching(parts[1]).stream()
                            .map(object -> object.key() + " " + object.etag() + " " + object.bytes())
                            .toList()
                    : List.of(said(pattern, store.version(parts[1])));
        }
        return local(pattern);
    }

    /// Of one file here that is no source: a dictionary. A file that is missing has a print too, and its problem later.
    public String file(String name) {
        Path file = folder.resolve(name);
        try {
            return name + " " + (Files.isRegularFile(file) ? Sha256.of(file).hex() : "");
        } catch (IOException e) {
            throw IoProblems.reading(file, e);
        }
    }

    private static String said(String name, @Nullable String version) {
        return name + " " + (version == null ? UUID.randomUUID().toString() : version);
    }

    private List<String> local(String pattern) {
        int hash = pattern.lastIndexOf(".json#");
        String path = hash < 0 ? pattern : pattern.substring(0, hash + ".json".length());
        boolean images = data.format() == Format.IMAGES
                || data.inputFeatures().stream().anyMatch(input -> input.type() == InputType.IMAGE);
        List<String> prints = new ArrayList<>();
        for (Stored stored : new Located(folder, Workspace.temporary(), Progress.NONE).find(path, images)) {
            if (Files.isDirectory(stored.file())) {
                prints.add(stored.name() + " "
                        + new ImageFolder(stored.file(), stored.name(), null)
                                .provenance(0)
                                .sha256());
                continue;
            }
            prints.add(stored.name() + " " + hash(stored.file()));
            if (stored.name().equals(DatasetInfo.FILE)) {
                String name = hash < 0 ? null : pattern.substring(hash + ".json#".length());
                prints.add(hash(DatasetInfo.read(stored.file(), name).file()).hex());
            } else if (images) {
                prints.add(beside(stored));
            }
        }
        return prints;
    }

    /// A table of pictures stands for the files beside it too.
    private static String beside(Stored stored) {
        Path folder = stored.file().toAbsolutePath().resolveSibling("");
        return stored.name().endsWith(".zip")
                ? ""
                : new ImageFolder(folder, stored.name(), null)
                        .provenance(0)
                        .sha256()
                        .hex();
    }

    private static Sha256 hash(Path file) {
        try {
            return Sha256.of(file);
        } catch (IOException e) {
            throw IoProblems.reading(file, e);
        }
    }
}
