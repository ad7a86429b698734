package dev.sampan.search.internal;

import java.util.SplittableRandom;

/// How likely values are.
interface Density {
    Object draw(SplittableRandom random);

    /// Up to a constant that is the same for all densities of one space.
    double log(Object value);
}
