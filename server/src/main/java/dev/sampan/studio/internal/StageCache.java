package dev.sampan.studio.internal;

import dev.sampan.kernel.Json;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Sha256;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

/// Results of stages by what they were made from: `<stage>/<key>`, where the key is the hash of everything the
/// result
/// depends on. A result is a folder that its maker renames into place, so what stands here is whole.
public final class StageCache {
    /// Counted up when a stage makes something else from the same inputs, so that old results are not taken for
    /// it.
    private static final int GENERATION = 1;

    /// Locks of files hold between processes; within this one these do.
    private static final Map<String, ReentrantLock> MAKERS = new ConcurrentHashMap<>();

    private final Path folder;

    public StageCache(Path folder) {
        this.folder = folder;
    }

    /// @param cached true when it stood here already
    record Found<T>(T result, boolean cached) {}

    static Sha256 key(Map<String, Object> madeFrom) {
        Map<String, Object> all = new TreeMap<>(madeFrom);
        all.put("generation", GENERATION);
        return Sha256.of(Json.write(all));
    }

    /// Opens the result or makes it. One maker at a time for each key, over all processes of this machine; a
    /// result
    /// that does not open any more is made anew.
    <T> Found<T> get(String stage, Sha256 key, Function<Path, T> open, Consumer<Path> make) {
        Path result = folder.resolve(stage).resolve(key.hex());
        ReentrantLock maker = MAKERS.computeIfAbsent(result.toString(), _ -> new ReentrantLock());
        maker.lock();
        try {
            Files.createDirectories(result.getParent());
            try (FileChannel file = FileChannel.open(
                            result.resolveSibling(key.hex() + ".lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
                    var _ = file.lock()) {
                return openOrMake(result, open, make);
            }
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.of("studio.cache", "The folder for results cannot be used: " + e.getMessage())
                            .at(result.toString())
                            .remedy("Free some space, or choose another folder by SAMPAN_HOME"),
                    e);
        } finally {
            maker.unlock();
        }
    }

    private static <T> Found<T> openOrMake(Path result, Function<Path, T> open, Consumer<Path> make)
            throws IOException {
        if (Files.isDirectory(result)) {
            try {
                return new Found<>(open.apply(result), true);
            } catch (ProblemException damaged) {
                delete(result);
            }
        }
        make.accept(result);
        return new Found<>(open.apply(result), false);
    }

    /// Deletes a folder with all that is in it.
    static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, java.io.IOException failure) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
