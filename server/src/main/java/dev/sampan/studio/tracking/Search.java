package dev.sampan.studio.tracking;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a client wants to see of a list.
///
/// @param filter empty for everything
/// @param orders such as `metrics.f1 DESC`; empty for newest first
/// @param max rows of a page
/// @param token of the page; null for the first
public record Search(
        String filter,
        List<String> orders,
        Lifecycle.View view,
        int max,
        @Nullable String token) {
    public static final int ROWS_MAX = 50_000;

    public Search {
        orders = List.copyOf(orders);
        if (max < 1 || max > ROWS_MAX) {
            throw new ProblemException(Problem.of("tracking.invalid_max_results", "max_results is " + max)
                    .remedy("Ask for 1 to " + ROWS_MAX));
        }
    }
}
