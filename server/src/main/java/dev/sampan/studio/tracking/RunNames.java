package dev.sampan.studio.tracking;

import java.util.List;
import java.util.SplittableRandom;

/// A name for a run that was given none, easy to say and to remember: `calm-heron-417`.
final class RunNames {
    private static final List<String> HOW = List.of(
            "bright", "calm", "clear", "early", "fair", "gentle", "high", "keen", "light", "low", "mild", "quick",
            "quiet", "slow", "steady", "warm");
    private static final List<String> WHAT = List.of(
            "anchor", "bay", "crane", "dawn", "ferry", "gull", "harbour", "heron", "island", "junk", "keel", "lantern",
            "mast", "oar", "reed", "tide");

    private RunNames() {}

    static String of(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return HOW.get(random.nextInt(HOW.size())) + "-" + WHAT.get(random.nextInt(WHAT.size())) + "-"
                + random.nextInt(100, 1_000);
    }
}
