package dev.sampan.model.internal;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A folder that is written beside its target and takes its place in one step. Beside a target `model` stand, while it
/// is written, `.model.lock` (held by the writer), `.model.draft` and, where the system cannot swap two names in one
/// step, for a moment `.model.old`. A crash leaves these; whoever opens the next draft puts `.old` back when the
/// target is gone, and deletes the rest.
public final class DraftFolder implements AutoCloseable {
    private final Path target;
    private final Path parent;
    private final Path draft;
    private final Path old;
    private final Path lockFile;
    private final FileChannel channel;
    private @Nullable FileLock lock;

    private DraftFolder(Path target, Path parent, FileChannel channel, FileLock lock) {
        this.target = target;
        this.parent = parent;
        this.draft = beside(target, ".draft");
        this.old = beside(target, ".old");
        this.lockFile = beside(target, ".lock");
        this.channel = channel;
        this.lock = lock;
    }

    /// @param target absolute and normalised, not the root of a file system
    /// @throws ProblemException `output.busy` while another draft of the target is open
    public static DraftFolder open(Path target) throws IOException {
        Path parent = target.getParent();
        if (parent == null) {
            throw new ProblemException(Problem.of("output.exists", "This is the root of a file system.")
                    .at(target.toString())
                    .remedy("Name a folder."));
        }
        Files.createDirectories(parent);
        Path lockFile = beside(target, ".lock");
        FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            // The writer before us deletes the file as it leaves: then the lock we got is of a file that is gone.
            if (lock == null || !Files.exists(lockFile)) {
                throw busy(target);
            }
            DraftFolder folder = new DraftFolder(target, parent, channel, lock);
            folder.sweep();
            Files.createDirectory(folder.draft);
            return folder;
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw busy(target);
        } catch (IOException | ProblemException e) {
            channel.close();
            throw e;
        }
    }

    public Path path() {
        return draft;
    }

    /// Forces all files to the disk and gives the folder the target's name.
    public void publish() throws IOException {
        try (Stream<Path> files = Files.list(draft)) {
            for (Path file : files.toList()) {
                force(file, StandardOpenOption.WRITE);
            }
        }
        forceFolder(draft);
        if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        } else if (NameSwap.swap(draft, target)) {
            forceFolder(parent);
            delete(draft); // the old one, under the draft's name
        } else {
            Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
            forceFolder(parent);
            delete(old);
        }
        forceFolder(parent);
    }

    @Override
    public void close() {
        if (lock == null) {
            return;
        }
        lock = null;
        try (channel) { // closing the channel gives the lock back
            delete(draft);
            Files.deleteIfExists(lockFile);
        } catch (IOException e) {
            throw new UncheckedIOException("deleting the draft of " + target, e);
        }
    }

    /// What a crash left.
    private void sweep() throws IOException {
        if (Files.exists(old) && !Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            Files.move(old, target, StandardCopyOption.ATOMIC_MOVE);
        }
        delete(old);
        delete(draft);
    }

    private static Path beside(Path target, String ending) {
        return target.resolveSibling("." + target.getFileName() + ending);
    }

    private static ProblemException busy(Path target) {
        return new ProblemException(Problem.of("output.busy", "Another process is writing this model package.")
                .at(target.toString())
                .remedy("Wait for it, or choose another folder."));
    }

    private static void force(Path file, StandardOpenOption mode) throws IOException {
        try (FileChannel open = FileChannel.open(file, mode)) {
            open.force(true);
        }
    }

    /// A rename is on the disk once the folder that holds the name is. Windows opens no folders, and needs it not.
    private static void forceFolder(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            force(folder, StandardOpenOption.READ);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> tree = Files.walk(folder)) { // never follows links
            all = tree.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.deleteIfExists(path);
        }
    }
}
