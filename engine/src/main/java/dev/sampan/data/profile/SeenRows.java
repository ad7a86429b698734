package dev.sampan.data.profile;

import java.util.List;

/// Hashes of rows, by open addressing in one array that grows to 64 MB; past 4 million different rows no new
/// one is remembered, so that the count of repetitions becomes a lower bound.
final class SeenRows {
    private static final int REMEMBERED_MAX = 1 << 22;

    private long[] slots = new long[1 << 12];
    private int size;

    /// Whether an equal row came before.
    boolean add(List<String> values) {
        long hash = 1;
        for (String value : values) {
            hash = (hash ^ ColumnStats.hash(value)) * 0x9E3779B97F4A7C15L;
        }
        return put(hash == 0 ? 1 : hash);
    }

    private boolean put(long hash) {
        int mask = slots.length - 1;
        int at = (int) (hash ^ (hash >>> 32)) & mask;
        while (slots[at] != 0) {
            if (slots[at] == hash) {
                return true;
            }
            at = (at + 1) & mask;
        }
        if (size < REMEMBERED_MAX) {
            slots[at] = hash;
            if (++size * 2 > slots.length) {
                grow();
            }
        }
        return false;
    }

    private void grow() {
        long[] old = slots;
        slots = new long[old.length * 2];
        size = 0;
        for (long hash : old) {
            if (hash != 0) {
                put(hash);
            }
        }
    }
}
