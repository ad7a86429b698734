package dev.sampan.data.internal.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A folder for what is fetched and unpacked, made when it is first needed.
public final class Workspace implements AutoCloseable {
    private final @Nullable Path fixed;
    private @Nullable Path made;
    private int folders;

    private Workspace(@Nullable Path fixed) {
        this.fixed = fixed;
    }

    /// Under a folder that its owner clears.
    public static Workspace in(Path folder) {
        return new Workspace(folder.resolve("sources"));
    }

    /// Under the system's temporary folder; closing clears it.
    public static Workspace temporary() {
        return new Workspace(null);
    }

    /// A new empty folder in it.
    Path folder() {
        try {
            if (made == null) {
                made = fixed == null ? Files.createTempDirectory("sampan-sources") : Files.createDirectories(fixed);
            }
            return Files.createDirectory(made.resolve(String.valueOf(folders++)));
        } catch (IOException e) {
            throw IoProblems.writing(fixed == null ? Path.of(System.getProperty("java.io.tmpdir")) : fixed, e);
        }
    }

    @Override
    public void close() {
        Path folder = made;
        if (fixed != null || folder == null) {
            return;
        }
        try (Stream<Path> walk = Files.walk(folder)) {
            List<Path> paths = walk.sorted(Comparator.reverseOrder()).toList();
            for (Path path : paths) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
