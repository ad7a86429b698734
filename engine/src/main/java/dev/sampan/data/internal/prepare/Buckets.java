package dev.sampan.data.internal.prepare;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.function.IntConsumer;
import java.util.function.IntToLongFunction;

/// Rows that share a hash, found by sorting on disk: each (hash, row) goes to one of 64 files by the hash's
/// first 6 bits, as 8 bytes of the next 32 bits and the row; then one file at a time is sorted in memory. Rows
/// with the same 38 bits come out together, so a group is a suspicion that its taker has to verify.
final class Buckets implements AutoCloseable {
    static final int FILES = 64;
    private static final int BUFFER = 1 << 14;

    private final Path folder;
    private final String name;
    private final FileChannel[] channels = new FileChannel[FILES];
    private final ByteBuffer[] buffers = new ByteBuffer[FILES];

    Buckets(Path folder, String name) throws IOException {
        this.folder = folder;
        this.name = name;
        for (int i = 0; i < FILES; i++) {
            channels[i] = FileChannel.open(
                    file(i), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            buffers[i] = ByteBuffer.allocateDirect(BUFFER);
        }
    }

    private Path file(int i) {
        return folder.resolve(name + i);
    }

    void add(long hash, int row) throws IOException {
        int file = (int) (hash >>> 58);
        ByteBuffer buffer = buffers[file];
        if (!buffer.hasRemaining()) {
            flush(file);
        }
        buffer.putLong((hash >>> 26 << 32) | row);
    }

    private void flush(int file) throws IOException {
        ByteBuffer buffer = buffers[file].flip();
        while (buffer.hasRemaining()) {
            channels[file].write(buffer);
        }
        buffer.clear();
    }

    /// Told rows that share a hash, ascending, at least two.
    @FunctionalInterface
    interface Group {
        /// @param entries the row in the lower 32 bits of each
        void of(long[] entries, int from, int to) throws IOException;
    }

    /// Rows in the order of their hashes: those of file 0 come first. Reads the file and deletes it.
    ///
    /// @param hash the whole hash of a row, for the few whose first 38 bits are equal
    void forEach(int file, IntToLongFunction hash, IntConsumer taker) throws IOException {
        long[] entries = sorted(file);
        int from = 0;
        for (int i = 1; i <= entries.length; i++) {
            if (i == entries.length || entries[i] >>> 32 != entries[from] >>> 32) {
                if (i - from == 1) {
                    taker.accept((int) entries[from]);
                } else {
                    Arrays.stream(entries, from, i)
                            .mapToObj(entry -> (int) entry)
                            .sorted((a, b) -> Long.compareUnsigned(hash.applyAsLong(a), hash.applyAsLong(b)))
                            .forEach(taker::accept);
                }
                from = i;
            }
        }
    }

    private long[] sorted(int file) throws IOException {
        flush(file);
        long[] entries = read(channels[file]);
        channels[file].close();
        Files.delete(file(file));
        Arrays.parallelSort(entries);
        return entries;
    }

    /// Reads one file and deletes it.
    void forEachGroup(int file, Group taker) throws IOException {
        long[] entries = sorted(file);
        int from = 0;
        for (int i = 1; i <= entries.length; i++) {
            if (i == entries.length || entries[i] >>> 32 != entries[from] >>> 32) {
                if (i - from > 1) {
                    taker.of(entries, from, i);
                }
                from = i;
            }
        }
    }

    private static long[] read(FileChannel channel) throws IOException {
        long[] entries = new long[Math.toIntExact(channel.size() / Long.BYTES)];
        ByteBuffer piece = ByteBuffer.allocateDirect(1 << 16);
        channel.position(0);
        for (int done = 0; done < entries.length; ) {
            piece.clear();
            while (piece.position() % Long.BYTES != 0 || piece.position() == 0) {
                if (channel.read(piece) < 0) {
                    throw new IOException("a file of hashes became shorter");
                }
            }
            LongBuffer longs = piece.flip().asLongBuffer();
            int n = longs.remaining();
            longs.get(entries, done, n);
            done += n;
        }
        return entries;
    }

    @Override
    public void close() throws IOException {
        for (FileChannel channel : channels) {
            channel.close();
        }
    }
}
