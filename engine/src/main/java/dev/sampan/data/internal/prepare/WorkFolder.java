package dev.sampan.data.internal.prepare;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// `.<name>.part` beside the target: everything is written in it, then its `out` becomes the target by one
/// rename. A process that was killed leaves it behind; the next one finds it unlocked and clears it.
final class WorkFolder implements AutoCloseable {
    private final Path target;
    private final Path folder;
    private final FileChannel lock;

    /// @throws ProblemException `data.exists`, `data.busy`
    WorkFolder(Path target) throws IOException {
        this.target = target.toAbsolutePath();
        if (Files.exists(target)) {
            throw new ProblemException(Problem.of("data.exists", "There is something at " + target + " already"));
        }
        folder = this.target.resolveSibling("." + this.target.getFileName() + ".part");
        Files.createDirectories(folder);
        lock = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(lock) == null) {
            lock.close();
            throw new ProblemException(Problem.of("data.busy", "Another process is preparing " + target)
                    .remedy("Wait for it, or stop it"));
        }
        clear(false);
        Files.createDirectory(out());
        Files.createDirectory(spill());
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // held by another thread of this process
        }
    }

    /// Becomes the target.
    Path out() {
        return folder.resolve("out");
    }

    /// For what only the work needs.
    Path spill() {
        return folder.resolve("spill");
    }

    /// The one moment in which the target appears.
    void publish() throws IOException {
        sync(out());
        Files.move(out(), target, StandardCopyOption.ATOMIC_MOVE);
        sync(parent());
    }

    private Path parent() {
        Path parent = target.getParent();
        return parent == null ? target : parent;
    }

    /// A rename is durable once its folder is. Not every system lets a folder be opened; those sync it
    /// themselves.
    private static void sync(Path directory) {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            return; // the files themselves are on the disk
        }
    }

    private void clear(boolean all) throws IOException {
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(folder)) {
            paths = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) {
            if (all || (!path.equals(folder) && !path.equals(folder.resolve("lock")))) {
                Files.deleteIfExists(path);
            }
        }
    }

    @Override
    public void close() throws IOException {
        clear(true);
        lock.close();
    }
}
