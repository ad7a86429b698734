package dev.sampan.data.internal.source;

import dev.sampan.kernel.Progress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What a path, a glob or an address names, as files on this machine.
final class Located {
    private final Path folder;
    private final Workspace work;
    private final Fetching fetching;

    Located(Path folder, Workspace work, Progress progress) {
        this.folder = folder;
        this.work = work;
        this.fetching = new Fetching(progress);
    }

    /// In order; at least one. A folder stands for itself where pictures are read or it holds a list of data
    /// sets.
    ///
    /// @param images pictures are read
    List<Stored> find(String pattern, boolean images) {
        if (pattern.startsWith("http://") || pattern.startsWith("https://")) {
            URI uri = Fetching.parsed(pattern);
            String path = uri.getPath();
            String name = path.substring(path.lastIndexOf('/') + 1);
            return List.of(
                    fetching.get(pattern, work.folder().resolve("fetched"), name.isEmpty() ? uri.getHost() : name));
        }
        if (pattern.startsWith("s3://")) {
            return objects(pattern);
        }
        Path exact = folder.resolve(pattern);
        if (Files.isDirectory(exact)) {
            if (Files.isRegularFile(exact.resolve(DatasetInfo.FILE))) {
                return List.of(Stored.local(exact.resolve(DatasetInfo.FILE)));
            }
            if (images) {
                Path named = exact.toAbsolutePath().normalize();
                return List.of(new Stored(named, named.getFileName() + "", null, null, null));
            }
        }
        return Sources.find(folder, pattern).stream().map(Stored::local).toList();
    }

    private List<Stored> objects(String url) {
        String[] parts = S3.parts(url);
        S3 store = new S3(fetching, parts[0], Environment::get);
        List<String> keys = S3.isGlob(parts[1])
                ? store.matching(parts[1]).stream().map(S3.Found::key).toList()
                : List.of(parts[1]);
        List<Stored> stored = new ArrayList<>();
        for (String key : keys) {
            stored.add(store.get(key, work.folder().resolve("fetched")));
        }
        return stored;
    }
}
