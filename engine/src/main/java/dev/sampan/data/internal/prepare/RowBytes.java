package dev.sampan.data.internal.prepare;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The values of one row as they are stored and hashed: each as its length in 4 bytes, big-endian, and its UTF-8.
/// Every text becomes bytes once, here; one object serves all rows after another.
final class RowBytes {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN)
            .withInvokeExactBehavior();

    private byte[] bytes = new byte[1 << 12];
    private int size;
    private final int[] starts;
    private int count;

    /// @param most values of a row
    RowBytes(int most) {
        starts = new int[most];
    }

    void clear() {
        size = 0;
        count = 0;
    }

    void add(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        ensure(size + Integer.BYTES + utf8.length);
        INT.set(bytes, size, utf8.length);
        System.arraycopy(utf8, 0, bytes, size + Integer.BYTES, utf8.length);
        starts[count++] = size + Integer.BYTES;
        size += Integer.BYTES + utf8.length;
    }

    /// Room for values that are stored already; [#split] finds them.
    byte[] room(int length) {
        clear();
        ensure(length);
        size = length;
        return bytes;
    }

    /// Finds the values in what was put into [#room].
    void split() {
        for (int at = 0; at < size; ) {
            starts[count++] = at + Integer.BYTES;
            at += Integer.BYTES + (int) INT.get(bytes, at);
        }
    }

    private void ensure(int length) {
        if (length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length, bytes.length + (bytes.length >> 1)));
        }
    }

    /// All values with their lengths, from 0 to [#size].
    byte[] bytes() {
        return bytes;
    }

    int size() {
        return size;
    }

    int start(int value) {
        return starts[value];
    }

    int length(int value) {
        return (int) INT.get(bytes, starts[value] - Integer.BYTES);
    }
}
