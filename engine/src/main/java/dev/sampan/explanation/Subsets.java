package dev.sampan.explanation;

import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;

/// Which units stay.
final class Subsets {
    private Subsets() {}

    /// All of n units but `taken`, drawn uniformly.
    static BitSet without(int n, int taken, SplittableRandom random) {
        return without(shuffled(n, random), 0, taken);
    }

    /// Two such subsets, each uniform alone, that together take out as many different units as they can: the
    /// first and the last of one shuffle.
    static List<BitSet> pairWithout(int n, int taken, SplittableRandom random) {
        int[] units = shuffled(n, random);
        return List.of(without(units, 0, taken), without(units, n - taken, n));
    }

    private static BitSet without(int[] units, int from, int to) {
        BitSet kept = new BitSet(units.length);
        kept.set(0, units.length);
        for (int i = from; i < to; i++) {
            kept.clear(units[i]);
        }
        return kept;
    }

    /// Fisher–Yates.
    private static int[] shuffled(int n, SplittableRandom random) {
        int[] units = new int[n];
        for (int u = 0; u < n; u++) {
            int at = random.nextInt(u + 1);
            units[u] = units[at];
            units[at] = u;
        }
        return units;
    }
}
