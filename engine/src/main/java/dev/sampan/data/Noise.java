package dev.sampan.data;

import java.util.random.RandomGenerator;

/// Random numbers by formulas that give the same bits on every machine and Java version, since a seed is to be
/// one sample everywhere.
public final class Noise {
    private Noise() {}

    /// Normal numbers (Box and Muller 1958).
    public static void normal(RandomGenerator random, float[] target) {
        for (int i = 0; i < target.length; i += 2) {
            double radius = StrictMath.sqrt(-2 * StrictMath.log(positive(random)));
            double angle = 2 * Math.PI * random.nextDouble();
            target[i] = (float) (radius * StrictMath.cos(angle));
            if (i + 1 < target.length) {
                target[i + 1] = (float) (radius * StrictMath.sin(angle));
            }
        }
    }

    /// −ln(−ln u): added to logarithms of shares, the largest is each of them as often as its share says
    /// (Gumbel 1954).
    public static void gumbel(RandomGenerator random, float[] target) {
        for (int i = 0; i < target.length; i++) {
            target[i] = (float) -StrictMath.log(-StrictMath.log(positive(random)));
        }
    }

    /// In (0, 1).
    private static double positive(RandomGenerator random) {
        return Math.max(random.nextDouble(), 0x1p-60);
    }
}
