package dev.sampan.data.internal.prepare;

import java.io.IOException;
import java.nio.ByteBuffer;

/// Bytes on their way to a file or a hash, a buffer at a time; numbers are big-endian.
final class Spool {
    private static final int SIZE = 1 << 16;

    /// Where full buffers go.
    @FunctionalInterface
    interface Taker {
        void take(byte[] bytes, int from, int length) throws IOException;
    }

    private final Taker taker;
    private final ByteBuffer buffer = ByteBuffer.allocate(SIZE);

    Spool(Taker taker) {
        this.taker = taker;
    }

    void putInt(int value) throws IOException {
        room(Integer.BYTES);
        buffer.putInt(value);
    }

    void putLong(long value) throws IOException {
        room(Long.BYTES);
        buffer.putLong(value);
    }

    void put(byte value) throws IOException {
        room(1);
        buffer.put(value);
    }

    void put(byte[] bytes) throws IOException {
        put(bytes, 0, bytes.length);
    }

    void put(byte[] bytes, int from, int length) throws IOException {
        room(length);
        if (length <= buffer.remaining()) {
            buffer.put(bytes, from, length);
        } else {
            taker.take(bytes, from, length); // longer than the buffer, which is empty now
        }
    }

    private void room(int length) throws IOException {
        if (buffer.remaining() < length) {
            flush();
        }
    }

    void flush() throws IOException {
        if (buffer.position() > 0) {
            taker.take(buffer.array(), 0, buffer.position());
            buffer.clear();
        }
    }
}
