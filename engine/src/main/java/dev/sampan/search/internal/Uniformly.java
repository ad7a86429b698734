package dev.sampan.search.internal;

import dev.sampan.spec.SearchSpec.Choice;
import dev.sampan.spec.SearchSpec.LogUniform;
import dev.sampan.spec.SearchSpec.Space;
import dev.sampan.spec.SearchSpec.Uniform;
import dev.sampan.spec.SearchSpec.Whole;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/// Draws each value by itself, every one of its space as likely as another.
public final class Uniformly {
    private Uniformly() {}

    public static Map<String, Object> draw(Map<String, Space> spaces, SplittableRandom random) {
        Map<String, Object> values = new LinkedHashMap<>();
        spaces.forEach((path, space) -> values.put(path, draw(space, random)));
        return values;
    }

    static Object draw(Space space, SplittableRandom random) {
        return switch (space) {
            case Uniform(double lower, double upper) -> random.nextDouble(lower, upper);
            case LogUniform(double lower, double upper) ->
                Math.clamp(Math.exp(random.nextDouble(Math.log(lower), Math.log(upper))), lower, upper);
            case Whole(int lower, int upper) -> (long) random.nextInt(lower, upper + 1);
            case Choice choice ->
                choice.values().get(random.nextInt(choice.values().size()));
        };
    }
}
