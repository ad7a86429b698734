package dev.sampan.data;

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
}
