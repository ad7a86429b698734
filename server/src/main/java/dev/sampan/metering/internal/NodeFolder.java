package dev.sampan.metering.internal;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Ulid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// The folder of one installation's journal: the file `node` names the installation, the file `lock` is held
/// while a platform runs on it.
final class NodeFolder implements AutoCloseable {
    private final Path folder;
    private final FileChannel lockFile;
    private final Ulid node;

    /// @throws ProblemException `metering.journal_in_use`
    NodeFolder(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
            lockFile = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(lockFile) == null) {
                lockFile.close();
                throw new ProblemException(Problem.of(
                                "metering.journal_in_use", "Another platform is writing the call journal in " + folder)
                        .remedy("Stop it, or give this one another SAMPAN_HOME"));
            }
            node = readOrMake(folder.resolve("node"));
        } catch (IOException e) {
            throw new UncheckedIOException("the call journal's folder " + folder + " cannot be used", e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException _) {
            return null; // by this very process
        }
    }

    private static Ulid readOrMake(Path file) throws IOException {
        if (Files.exists(file)) {
            return Ulid.parse(Files.readString(file).strip());
        }
        Ulid made = Ulid.next();
        Path beside = file.resolveSibling("node.new");
        try (FileChannel out = FileChannel.open(
                beside, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            out.write(ByteBuffer.wrap((made + "\n").getBytes(StandardCharsets.US_ASCII)));
            out.force(true);
        }
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        return made;
    }

    Path folder() {
        return folder;
    }

    Ulid node() {
        return node;
    }

    @Override
    public void close() throws IOException {
        lockFile.close();
    }
}
