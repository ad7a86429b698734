package dev.sampan.studio.internal;

import dev.sampan.kernel.Json;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Progress;
import dev.sampan.kernel.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

/// Results of stages by what they were made from: `<stage>/<key>`, where the key is the hash of everything the
/// result depends on. A result is a folder that its maker renames into place, so what stands here is whole.
public final class StageCache {
    /// Counted up when a stage makes something else from the same inputs, so that old results are not taken for
    /// it.
    private static final int GENERATION = 1;

    /// Locks of files hold between processes; within this one these do.
    private static final Map<String, ReentrantLock> MAKERS = new ConcurrentHashMap<>();

    private static final long PAUSE_MILLIS = 200;

    private final Path folder;

    public StageCache(Path folder) {
        this.folder = folder;
    }

    /// @param cached true when it stood here already
    record Found<T>(T result, boolean cached) {}

    /// What a result is found by.
    record Key(String stage, Sha256 hash) {}

    static Key key(String stage, Map<String, Object> madeFrom) {
        Map<String, Object> all = new TreeMap<>(madeFrom);
        all.put("generation", GENERATION);
        return new Key(stage, Sha256.of(Json.write(all)));
    }

    /// Opens the result or makes it. One maker at a time for each key, over all processes of this machine; a
    /// result that does not open any more is made anew.
    ///
    /// @param progress asked while another maker is waited for
    /// @throws ProblemException `studio.disk_full`, `studio.cache`, and what the maker finds wrong
    <T> Found<T> get(Key key, Progress progress, Function<Path, T> open, Consumer<Path> make) {
        Path result = folder.resolve(key.stage()).resolve(key.hash().hex());
        ReentrantLock maker = MAKERS.computeIfAbsent(result.toString(), _ -> new ReentrantLock());
        try {
            while (!maker.tryLock(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                stillWanted(progress);
            }
            try {
                return alone(result, progress, open, make);
            } finally {
                maker.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while waiting for equal work");
        } catch (IOException e) {
            throw new ProblemException(problem(result, e), e);
        } catch (UncheckedIOException e) {
            IOException cause = Objects.requireNonNull(e.getCause(), "it always has one");
            if (isDiskFull(cause)) {
                throw new ProblemException(problem(result, cause), e);
            }
            throw e;
        }
    }

    /// With the lock that other processes heed as well.
    private static <T> Found<T> alone(Path result, Progress progress, Function<Path, T> open, Consumer<Path> make)
            throws IOException, InterruptedException {
        Files.createDirectories(result.getParent());
        Path lockFile = result.resolveSibling(result.getFileName() + ".lock");
        try (FileChannel file = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            while (file.tryLock() == null) {
                stillWanted(progress);
                Thread.sleep(PAUSE_MILLIS);
            }
            return openOrMake(result, open, make); // closing the file gives the lock back
        }
    }

    private static void stillWanted(Progress progress) {
        if (progress.cancelled()) {
            throw new CancellationException("cancelled while waiting for equal work");
        }
    }

    private static Problem problem(Path result, IOException cause) {
        return isDiskFull(cause)
                ? Problem.of("studio.disk_full", "The disk is full; nothing half-made was left behind")
                        .at(result.toString())
                        .remedy("Free some space and launch it again: the stages that are done are kept")
                : Problem.of("studio.cache", "The folder for results cannot be used: " + cause.getMessage())
                        .at(result.toString())
                        .remedy("See that it can be written, or choose another folder by SAMPAN_HOME");
    }

    /// The JDK has no type for it: the texts of Linux and macOS, and of a user's share that is used up.
    private static boolean isDiskFull(IOException cause) {
        String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains("no space left") || message.contains("quota exceeded");
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
            public FileVisitResult postVisitDirectory(Path visited, IOException failure) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
