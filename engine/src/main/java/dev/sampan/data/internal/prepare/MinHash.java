package dev.sampan.data.internal.prepare;

import java.util.Arrays;
import java.util.SplittableRandom;

/// Locality-sensitive hashing of sets for the Jaccard similarity (Broder 1997; bands: Leskovec, Rajaraman,
/// Ullman, "Mining of Massive Datasets", §3.4). Two sets of similarity s agree in one minimum with probability
/// s, in a band of r minima with s^r, and in at least one of b bands with 1 − (1 − s^r)^b. Bands are as long as
/// they can be, so that few
/// dissimilar rows meet, while rows exactly at the threshold are missed at most once in 200; above it, less.
final class MinHash {
    private static final double MISSED = 0.005;
    private static final int BANDS_MAX_NEAR = 16;
    private static final int BANDS_MAX_FAR = 40;
    private static final long SEED = 0x5A4D50414EL;

    private final int bands;
    private final int rows;
    private final int[] factors;
    private final int[] terms;
    private final int[] minima;

    /// @param threshold 0.5 to 1
    MinHash(double threshold) {
        int most = threshold >= 0.8 ? BANDS_MAX_NEAR : BANDS_MAX_FAR;
        int length = 1;
        while (length < 64 && bandsFor(threshold, length + 1) <= most) {
            length++;
        }
        rows = length;
        bands = bandsFor(threshold, rows);
        SplittableRandom random = new SplittableRandom(SEED);
        factors = random.ints((long) bands * rows).map(x -> x | 1).toArray();
        terms = random.ints((long) bands * rows).toArray();
        minima = new int[bands * rows];
    }

    private static int bandsFor(double threshold, int length) {
        double together = Math.min(Math.pow(threshold, length), 1 - 1e-9);
        return (int) Math.min(1000, Math.ceil(Math.log(MISSED) / Math.log1p(-together)));
    }

    int bands() {
        return bands;
    }

    /// One hash for each band, each mixed with its band's number.
    void hash(long[] shingles, long[] hashes) {
        Arrays.fill(minima, Integer.MAX_VALUE);
        for (long shingle : shingles) {
            int mixed = (int) (mix(shingle) >>> 32);
            for (int k = 0; k < minima.length; k++) { // plain enough for the compiler to use vectors
                minima[k] = Math.min(minima[k], mixed * factors[k] + terms[k]);
            }
        }
        for (int band = 0; band < bands; band++) {
            long hash = band + 1;
            for (int k = band * rows; k < (band + 1) * rows; k++) {
                hash = mix(hash ^ minima[k] * 0x9E3779B97F4A7C15L);
            }
            hashes[band] = hash;
        }
    }

    /// The finaliser of SplitMix64 (Steele, Lea, Flood 2014).
    private static long mix(long z) {
        long x = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
        return x ^ (x >>> 31);
    }
}
