package dev.sampan.data.internal.source;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.sql.SQLException;
import java.util.Locale;

/// What a database's refusal means to the person who wrote the query.
final class SqlProblems {
    private static final int SENTENCE_MAX = 300;

    private SqlProblems() {}

    static ProblemException of(String place, SQLException cause) {
        String said = String.valueOf(cause.getMessage()).strip();
        String first = said.lines().findFirst().orElse("no reason given");
        String shown = first.length() <= SENTENCE_MAX ? first : first.substring(0, SENTENCE_MAX) + "…";
        boolean refused = shown.toLowerCase(Locale.ROOT).startsWith("permission error");
        Problem problem = Problem.of(refused ? "data.query_refused" : "data.bad_query", "The database says: " + shown)
                .at(place);
        return new ProblemException(
                refused ? problem.remedy("The query may read the table 'data', and no file besides it") : problem,
                cause);
    }
}
