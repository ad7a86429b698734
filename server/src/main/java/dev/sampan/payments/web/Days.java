package dev.sampan.payments.web;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.time.DateTimeException;
import java.time.LocalDate;

/// Days as people write them.
final class Days {
    private Days() {}

    /// @throws ProblemException `payments.bad_day`
    static LocalDate parsed(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException _) {
            throw new ProblemException(Problem.of("payments.bad_day", "'" + text + "' is not a day")
                    .remedy("Write it as 2026-11-24."));
        }
    }
}
