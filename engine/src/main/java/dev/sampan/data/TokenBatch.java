package dev.sampan.data;

import java.util.Arrays;
import java.util.List;

/// Token ids of several texts, row after row.
///
/// @param ids (rows, length), padding is 0
/// @param mask (rows, length), 1 where a token stands, else 0; every row has at least one 1
public record TokenBatch(long[] ids, long[] mask, int rows, int length) {
    public TokenBatch {
        if (ids.length != rows * length || mask.length != ids.length) {
            throw new IllegalArgumentException(
                    "ids " + ids.length + ", mask " + mask.length + " for " + rows + " x " + length);
        }
    }

    /// Rows of any lengths, each filled up with 0 to the longest.
    public static TokenBatch padded(List<long[]> rows) {
        int length = rows.stream().mapToInt(row -> row.length).max().orElse(0);
        long[] ids = new long[Math.multiplyExact(rows.size(), length)];
        long[] mask = new long[ids.length];
        for (int r = 0; r < rows.size(); r++) {
            long[] row = rows.get(r);
            System.arraycopy(row, 0, ids, r * length, row.length);
            Arrays.fill(mask, r * length, r * length + row.length, 1L);
        }
        return new TokenBatch(ids, mask, rows.size(), length);
    }
}
