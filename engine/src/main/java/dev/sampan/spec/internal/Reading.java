package dev.sampan.spec.internal;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One reading of one document: what went wrong so far, and where each key stood.
final class Reading {
    /// A file of mistakes is not answered by a book.
    private static final int PROBLEMS_MAX = 100;

    private record Told(Place place, Problem problem) {}

    private final List<Told> told = new ArrayList<>();
    private final Map<String, Place> places = new HashMap<>();

    void problem(Place place, String code, String sentence, @Nullable String remedy) {
        told.add(new Told(place, new Problem(code, sentence, place.text(), remedy)));
    }

    void seen(String path, Place place) {
        places.put(path, place);
    }

    /// Where the value of a key was written; null for a default.
    @Nullable
    Place place(String path) {
        return places.get(path);
    }

    int problems() {
        return told.size();
    }

    /// @throws ProblemException with every problem told, in the order of the file
    void end() {
        if (!told.isEmpty()) {
            throw new ProblemException(told.stream()
                    .sorted(Comparator.comparing(Told::place))
                    .limit(PROBLEMS_MAX)
                    .map(Told::problem)
                    .toList());
        }
    }
}
