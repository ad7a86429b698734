package dev.sampan.data.internal.prepare;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Numbers the labels in the order in which they come up.
final class Labels {
    private static final int LABELS_MAX = 10_000;

    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> names = new ArrayList<>();

    int number(String label, Supplier<String> origin) {
        Integer known = numbers.get(label);
        if (known != null) {
            return known;
        }
        if (names.size() == LABELS_MAX) {
            throw new ProblemException(Problem.of(
                            "data.too_many_labels",
                            "More than " + LABELS_MAX + " different labels were read up to here")
                    .at(origin.get())
                    .remedy("Is the output feature the column of categories?"));
        }
        numbers.put(label, names.size());
        names.add(label);
        return names.size() - 1;
    }

    List<String> names() {
        return names;
    }
}
