package dev.sampan.database;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// One platform for one home. The operating system drops the lock with the process, however it ends.
public final class HomeLock implements AutoCloseable {
    /// Locked far behind the text, so that the text can be read where locks are mandatory.
    private static final long POSITION = 1 << 20;

    private final FileChannel file;

    private HomeLock(FileChannel file) {
        this.file = file;
    }

    /// @param home made when it is not there
    /// @throws ProblemException `database.home_in_use` while another platform holds it
    public static HomeLock take(Path home) {
        Path path = home.resolve("lock");
        try {
            Files.createDirectories(home);
            FileChannel file = FileChannel.open(path, CREATE, READ, WRITE);
            if (tryLock(file) == null) {
                String holder = Files.readString(path).strip();
                file.close();
                throw new ProblemException(
                        Problem.of("database.home_in_use", "Sampan runs already on " + home + ", as process " + holder)
                                .remedy("Stop that one, or choose another folder: SAMPAN_HOME=DIR"));
            }
            byte[] holder = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.UTF_8);
            file.truncate(0).write(ByteBuffer.wrap(holder));
            return new HomeLock(file);
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.of("database.home_unusable", "The folder " + home + " cannot be written: " + e.getMessage())
                            .remedy("Choose another one: SAMPAN_HOME=DIR"),
                    e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
        try {
            return file.tryLock(POSITION, 1, false);
        } catch (OverlappingFileLockException _) {
            return null; // held within this process
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
