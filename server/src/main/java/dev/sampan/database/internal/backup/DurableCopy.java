package dev.sampan.database.internal.backup;

import dev.sampan.kernel.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;

/// Copies files so that they last: each is forced to the disk, readable by us alone, and hashed on the way.
final class DurableCopy {
    private static final int PIECE = 1 << 20;

    private final byte[] buffer = new byte[PIECE];

    /// @throws java.nio.file.NoSuchFileException when `from` is not there
    BackupManifest.Entry copy(Path from, Path to) throws IOException {
        MessageDigest digest = Sha256.digest();
        long bytes = 0;
        try (InputStream in = Files.newInputStream(from)) {
            Files.createDirectories(to.getParent());
            try (FileChannel out = FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    digest.update(buffer, 0, n);
                    ByteBuffer piece = ByteBuffer.wrap(buffer, 0, n);
                    while (piece.hasRemaining()) {
                        out.write(piece);
                    }
                    bytes += n;
                }
                out.force(true);
            }
        }
        return new BackupManifest.Entry(bytes, Sha256.finish(digest.digest()));
    }

    /// Names in the folder last too.
    static void force(Path folder) throws IOException {
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        }
    }
}
