package dev.sampan.metering.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/// Segments as files `00000000000000000001.journal` of one folder.
final class JournalFolder implements JournalDisk {
    private static final String ENDING = ".journal";
    private static final String UNFINISHED = ".new";
    private static final int PIECE = 1 << 16;

    private final Path folder;

    JournalFolder(Path folder) {
        this.folder = folder;
    }

    @Override
    public List<Long> segments() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ENDING))
                    .map(name -> Long.valueOf(name.substring(0, name.length() - ENDING.length())))
                    .sorted()
                    .toList();
        }
    }

    /// Zeros are written, not skipped, so that the disk has really given the room; then the name is made durable.
    @Override
    public Segment create(long number, int bytes) throws IOException {
        Path unfinished = folder.resolve(name(number) + UNFINISHED);
        try {
            try (FileChannel file = FileChannel.open(
                    unfinished,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                ByteBuffer zeros = ByteBuffer.allocateDirect(PIECE);
                for (int at = 0; at < bytes; at += zeros.limit()) {
                    zeros.clear().limit(Math.min(PIECE, bytes - at));
                    writeFully(file, zeros, at);
                }
                file.force(true);
            }
            Files.move(unfinished, path(number), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.deleteIfExists(unfinished);
            throw e;
        }
        forceFolder();
        return open(number);
    }

    @Override
    public Segment open(long number) throws IOException {
        return new SegmentFile(
                name(number), FileChannel.open(path(number), StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    @Override
    public void delete(long number) throws IOException {
        Files.deleteIfExists(path(number));
    }

    private void forceFolder() throws IOException {
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        }
    }

    private Path path(long number) {
        return folder.resolve(name(number));
    }

    private static String name(long number) {
        return String.format("%020d%s", number, ENDING);
    }

    private static void writeFully(FileChannel file, ByteBuffer bytes, long position) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            at += file.write(bytes, at);
        }
    }

    private record SegmentFile(String name, FileChannel file) implements Segment {
        @Override
        public int size() throws IOException {
            return Math.toIntExact(file.size());
        }

        @Override
        public void write(ByteBuffer bytes, int position) throws IOException {
            writeFully(file, bytes, position);
        }

        @Override
        public void force() throws IOException {
            file.force(false);
        }

        @Override
        public void read(ByteBuffer into, int position) throws IOException {
            long at = position;
            while (into.hasRemaining()) {
                int n = file.read(into, at);
                if (n < 0) {
                    return;
                }
                at += n;
            }
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
