package dev.sampan.shell;

import dev.sampan.kernel.Problem;
import org.jspecify.annotations.Nullable;

/// What the error page shows.
///
/// @param status of HTTP
/// @param problem null when only the status is known
public record ProblemView(int status, @Nullable Problem problem) {
    /// Group of texts for this status: `missing`, `denied`, `broken` or `refused`.
    public String kind() {
        return switch (status) {
            case 401, 403 -> "denied";
            case 404, 405 -> "missing";
            default -> status >= 500 ? "broken" : "refused";
        };
    }
}
