package dev.sampan.search;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One training that was tried.
///
/// @param number from 1, in the order of being chosen
/// @param values by the path of the key
/// @param scores the metric after each rung it went through, the lowest rung first
/// @param seconds that it took, all rungs together
/// @param failure why it has no further score; null when it has not failed
public record Trial(
        int number,
        Map<String, Object> values,
        List<Double> scores,
        double seconds,
        @Nullable String failure) {
    public Trial {
        Map<String, Object> same = new LinkedHashMap<>();
        // A whole number that was written and read again would else be another value.
        values.forEach(
                (path, value) -> same.put(path, value instanceof Integer whole ? (Long) whole.longValue() : value));
        values = Collections.unmodifiableMap(same);
        scores = List.copyOf(scores);
    }

    /// One that has not begun.
    public static Trial fresh(int number, Map<String, Object> values) {
        return new Trial(number, values, List.of(), 0, null);
    }

    /// After one more rung.
    public Trial scored(double score, double tookSeconds) {
        List<Double> more = new ArrayList<>(scores);
        more.add(score);
        return new Trial(number, values, more, seconds + tookSeconds, null);
    }

    public Trial failed(String why, double tookSeconds) {
        return new Trial(number, values, scores, seconds + tookSeconds, why);
    }

    /// On the highest rung it reached; null when there is none.
    public @Nullable Double score() {
        return scores.isEmpty() ? null : scores.getLast();
    }
}
