package dev.sampan.training.loop;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;

/// The order of rows in one epoch: a function of the seed and the epoch alone. Rows are shuffled; within windows of
/// some batches they are then sorted by length, so that a batch holds little padding; and the batches are shuffled.
public final class BatchOrder {
    private static final int WINDOW_BATCHES = 32;

    private final int[] rows;
    private final int[] batches; // order of the batches
    private final int batchSize;

    private BatchOrder(int[] rows, int[] batches, int batchSize) {
        this.rows = rows;
        this.batches = batches;
        this.batchSize = batchSize;
    }

    /// @param count rows there are
    /// @param length tokens of a row
    public static BatchOrder of(int count, IntUnaryOperator length, int batchSize, long seed, int epoch) {
        SplittableRandom random = Seeds.at(seed, epoch);
        int[] rows = shuffled(count, random);
        int window = Math.multiplyExact(batchSize, WINDOW_BATCHES);
        for (int from = 0; from < count; from += window) {
            sortByLength(rows, from, Math.min(count, from + window), length);
        }
        return new BatchOrder(rows, shuffled(Math.ceilDiv(count, batchSize), random), batchSize);
    }

    /// All rows by length, for answering.
    public static BatchOrder byLength(int count, IntUnaryOperator length, int batchSize) {
        int[] rows = identity(count);
        sortByLength(rows, 0, count, length);
        return new BatchOrder(rows, identity(Math.ceilDiv(count, batchSize)), batchSize);
    }

    public int batches() {
        return batches.length;
    }

    public int[] batch(int number) {
        int from = batches[number] * batchSize;
        return Arrays.copyOfRange(rows, from, Math.min(rows.length, from + batchSize));
    }

    private static int[] identity(int count) {
        int[] all = new int[count];
        Arrays.setAll(all, i -> i);
        return all;
    }

    private static int[] shuffled(int count, SplittableRandom random) {
        int[] all = identity(count);
        for (int i = count - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = all[i];
            all[i] = all[j];
            all[j] = swapped;
        }
        return all;
    }

    private static void sortByLength(int[] rows, int from, int to, IntUnaryOperator length) {
        long[] keys = new long[to - from];
        for (int i = from; i < to; i++) {
            keys[i - from] = (long) length.applyAsInt(rows[i]) << 32 | i; // equal lengths stay shuffled
        }
        Arrays.sort(keys);
        int[] sorted = new int[keys.length];
        for (int i = 0; i < keys.length; i++) {
            sorted[i] = rows[(int) keys[i]];
        }
        System.arraycopy(sorted, 0, rows, from, sorted.length);
    }
}
