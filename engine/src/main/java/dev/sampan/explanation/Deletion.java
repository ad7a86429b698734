package dev.sampan.explanation;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// The deletion check: does the answer fall when what the explanation calls important is taken out? (after Samek
/// et al., "Evaluating the visualization of what a deep neural network has learned", 2017)
final class Deletion {
    private static final int DRAWS = 20;

    private Deletion() {}

    /// Probability lost without the heaviest fifth of the units (at least one), less the mean loss without as
    /// many units at random.
    static double drop(Variants variants, double[] weights, SplittableRandom random) {
        int n = weights.length;
        if (n == 0) {
            return 0;
        }
        int taken = Math.ceilDiv(n, 5);
        BitSet heaviest = variants.all();
        IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer u) -> -weights[u]))
                .limit(taken)
                .forEach(heaviest::clear);
        List<BitSet> draws = new ArrayList<>();
        for (int i = 0; i < DRAWS; i++) {
            draws.add(Subsets.without(n, taken, random));
        }
        variants.ask(draws);
        double atRandom = draws.stream().mapToDouble(variants::of).average().orElseThrow();
        return atRandom - variants.of(heaviest);
    }
}
