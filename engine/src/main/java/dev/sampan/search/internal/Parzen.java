package dev.sampan.search.internal;

import dev.sampan.spec.SearchSpec.Choice;
import dev.sampan.spec.SearchSpec.LogUniform;
import dev.sampan.spec.SearchSpec.Space;
import dev.sampan.spec.SearchSpec.Uniform;
import dev.sampan.spec.SearchSpec.Whole;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// The tree of Parzen estimators (Bergstra, Bardenet, Bengio, Kégl: Algorithms for Hyper-Parameter Optimization, 2011,
/// §4). Trials are parted into the good ones and the others; for each value by itself, l(x) is the density of the good
/// ones and g(x) that of the others. Expected improvement grows with l(x) / g(x) (eq. 3), so of some candidates drawn
/// from l the one with the greatest quotient is taken.
public final class Parzen {
    /// Trials drawn at random before densities say anything.
    public static final int RANDOM_FIRST = 8;

    private static final int CANDIDATES = 24;
    private static final double GOOD_SHARE = 0.1;
    private static final int GOOD_MAX = 25;

    private Parzen() {}

    /// @param seen at least two
    public static Map<String, Object> draw(Map<String, Space> spaces, List<Sample> seen, SplittableRandom random) {
        List<Sample> ranked =
                seen.stream().sorted(Comparator.comparingDouble(Sample::loss)).toList();
        int good = Math.clamp((int) Math.ceil(GOOD_SHARE * ranked.size()), 1, GOOD_MAX);
        Map<String, Object> values = new LinkedHashMap<>();
        spaces.forEach((path, space) -> {
            List<Object> best = values(ranked.subList(0, good), path);
            List<Object> others = values(ranked.subList(good, ranked.size()), path);
            values.put(path, likeliest(space, best, others, random));
        });
        return values;
    }

    private static List<Object> values(List<Sample> samples, String path) {
        return samples.stream()
                .filter(sample -> sample.values().containsKey(path))
                .map(sample -> sample.values().get(path))
                .toList();
    }

    private static Object likeliest(Space space, List<Object> best, List<Object> others, SplittableRandom random) {
        Density good = density(space, best);
        Density bad = density(space, others);
        Object chosen = good.draw(random);
        double quotient = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < CANDIDATES; i++) {
            Object candidate = i == 0 ? chosen : good.draw(random);
            double ratio = good.log(candidate) - bad.log(candidate);
            if (ratio > quotient) {
                quotient = ratio;
                chosen = candidate;
            }
        }
        return chosen;
    }

    private static Density density(Space space, List<Object> values) {
        return switch (space) {
            case Uniform(double lower, double upper) ->
                new Gaussians(Gaussians.Scale.PLAIN, lower, upper, numbers(values));
            case LogUniform(double lower, double upper) ->
                new Gaussians(Gaussians.Scale.LOG, lower, upper, numbers(values));
            case Whole(int lower, int upper) -> new Gaussians(Gaussians.Scale.WHOLE, lower, upper, numbers(values));
            case Choice choice -> new Counts(choice.values(), values);
        };
    }

    private static double[] numbers(List<Object> values) {
        return values.stream()
                .mapToDouble(value -> ((Number) value).doubleValue())
                .toArray();
    }
}
