package dev.sampan.network.layers;

import dev.sampan.compute.Weights;
import java.util.SplittableRandom;

/// Random first values, each weight's from its own generator: a layer added elsewhere does not change the others.
public final class Initial {
    private final long seed;

    public Initial(long seed) {
        this.seed = seed;
    }

    /// Uniform in [-bound, bound).
    void uniform(Weights weights, String name, double bound) {
        Weights.Slot slot = weights.slot(name);
        SplittableRandom random = generator(name);
        for (int i = slot.offset(); i < slot.end(); i++) {
            weights.values()[i] = (float) ((random.nextDouble() * 2 - 1) * bound);
        }
    }

    /// Normal with mean 0.
    public void normal(Weights weights, String name, double deviation) {
        Weights.Slot slot = weights.slot(name);
        SplittableRandom random = generator(name);
        for (int i = slot.offset(); i < slot.end(); i++) {
            weights.values()[i] = (float) (random.nextGaussian() * deviation);
        }
    }

    private SplittableRandom generator(String name) {
        return new SplittableRandom(seed * 0x9E3779B97F4A7C15L + name.hashCode());
    }
}
