package dev.sampan.data.internal.prepare;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// One int for each row, in a file: at first 0. The page cache holds what is used, not the heap.
final class Ints implements AutoCloseable {
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment segment;

    Ints(Path file, int size) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            segment = channel.map(FileChannel.MapMode.READ_WRITE, 0, (long) size * Integer.BYTES, arena);
        }
    }

    int get(int row) {
        return segment.getAtIndex(ValueLayout.JAVA_INT, row);
    }

    void set(int row, int value) {
        segment.setAtIndex(ValueLayout.JAVA_INT, row, value);
    }

    @Override
    public void close() {
        arena.close();
    }
}
