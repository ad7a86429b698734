package dev.sampan.training.loop;

import java.util.SplittableRandom;

/// Generators for the places of a run, each a function of the run's seed and the place.
public final class Seeds {
    private Seeds() {}

    public static SplittableRandom at(long seed, long... place) {
        long mixed = seed;
        for (long part : place) {
            mixed = mix(mixed + 0x9E3779B97F4A7C15L + part);
        }
        return new SplittableRandom(mixed);
    }

    /// Finaliser of MurmurHash3.
    private static long mix(long z) {
        z = (z ^ (z >>> 33)) * 0xFF51AFD7ED558CCDL;
        z = (z ^ (z >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return z ^ (z >>> 33);
    }
}
