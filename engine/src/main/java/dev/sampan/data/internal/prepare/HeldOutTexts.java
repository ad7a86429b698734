package dev.sampan.data.internal.prepare;

import dev.sampan.data.Split;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.util.Arrays;
import java.util.function.IntFunction;

/// The texts of validation and test rows, to be asked whether a made-up training text is like one of them: bands of
/// [MinHash], sorted, then the Jaccard similarity itself. 8 bytes for each band of a row.
final class HeldOutTexts {
    private static final long PREFIX = 0xFFFFFFFF00000000L;

    private final MinHash minHash;
    private final long[] hashes;
    private final double similarity;
    private final IntFunction<long[]> shingles;
    private final long[] entries;

    /// @param similarity from which texts are alike
    /// @param shingles of a stored row
    /// @throws ProblemException `data.too_many_rows`
    HeldOutTexts(int rows, Sides sides, double similarity, IntFunction<long[]> shingles) {
        this.minHash = new MinHash(similarity);
        this.hashes = new long[minHash.bands()];
        this.similarity = similarity;
        this.shingles = shingles;
        long held = 0;
        for (int row = 0; row < rows; row++) {
            held += sides.kept(row) && sides.split(row) != Split.TRAIN ? 1 : 0;
        }
        long size = held * minHash.bands();
        if (size * Long.BYTES > Runtime.getRuntime().maxMemory() / 4) {
            throw new ProblemException(Problem.of(
                            "data.too_many_rows",
                            "Changed copies are held against " + held + " validation and test rows, for which the heap"
                                    + " is too small")
                    .remedy("Start Java with a larger -Xmx, or leave data.augment.text out"));
        }
        entries = new long[Math.toIntExact(size)];
        int at = 0;
        for (int row = 0; row < rows; row++) {
            if (sides.kept(row) && sides.split(row) != Split.TRAIN) {
                minHash.hash(shingles.apply(row), hashes);
                for (long hash : hashes) {
                    entries[at++] = hash & PREFIX | row;
                }
            }
        }
        Arrays.sort(entries);
    }

    boolean anyLike(long[] text) {
        minHash.hash(text, hashes);
        for (long hash : hashes) {
            long prefix = hash & PREFIX;
            int at = Arrays.binarySearch(entries, prefix);
            for (int i = at < 0 ? -at - 1 : at; i < entries.length && (entries[i] & PREFIX) == prefix; i++) {
                if (Shingles.jaccard(shingles.apply((int) entries[i]), text) >= similarity) {
                    return true;
                }
            }
        }
        return false;
    }
}
