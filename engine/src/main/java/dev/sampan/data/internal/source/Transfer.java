package dev.sampan.data.internal.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Copies what a server sends into a file, counting as it goes.
final class Transfer implements Runnable {
    private final InputStream body;
    private final Path target;
    private final long room;
    private final AtomicLong done;
    private volatile @Nullable IOException failure;

    /// @param room bytes that may be written
    Transfer(InputStream body, Path target, long room, AtomicLong done) {
        this.body = body;
        this.target = target;
        this.room = room;
        this.done = done;
    }

    @Override
    public void run() {
        byte[] buffer = new byte[1 << 16];
        try (OutputStream out = Files.newOutputStream(target, StandardOpenOption.CREATE_NEW)) {
            for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
                out.write(buffer, 0, n);
                if (done.addAndGet(n) > room) {
                    throw new IOException("no space left on the disk");
                }
            }
        } catch (IOException e) {
            failure = e;
        }
    }

    /// Once it has ended.
    void end() throws IOException {
        IOException failed = failure;
        if (failed != null) {
            throw failed;
        }
    }
}
