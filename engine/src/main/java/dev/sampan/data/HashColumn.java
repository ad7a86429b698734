package dev.sampan.data;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// 1 in the bucket that the category's hash says, so that a category nobody has seen yet has its place as well:
/// Weinberger
/// et al. 2009, "Feature hashing for large scale multitask learning".
///
/// @param typical the most frequent category
public record HashColumn(String name, int buckets, String typical) implements FittedColumn.Numbers {
    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    public HashColumn {
        if (buckets < 1) {
            throw new IllegalArgumentException("buckets " + buckets);
        }
    }

    @Override
    public int width() {
        return buckets;
    }

    @Override
    public void fill(String value, float[] target, int at) {
        Arrays.fill(target, at, at + buckets, 0);
        target[at + bucket(value)] = 1;
    }

    /// 64-bit FNV-1a of the UTF-8 bytes, its upper half folded in, modulo the buckets.
    int bucket(String value) {
        long hash = OFFSET;
        for (byte b : value.strip().getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * PRIME;
        }
        return (int) Long.remainderUnsigned(hash ^ hash >>> 32, buckets);
    }

    @Override
    public String example() {
        return typical;
    }
}
