package dev.sampan.kernel;

import java.util.List;

/// Carries one or more problems to the edge, where they become one line each on the command line, problem+json on the
/// console and the OpenAI error shape on the API. Not for programmers' errors.
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<Problem> problems;

    public ProblemException(List<Problem> problems) {
        super(String.join("\n", problems.stream().map(Problem::line).toList()));
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("no problem given");
        }
        this.problems = List.copyOf(problems);
    }

    public ProblemException(Problem problem) {
        this(List.of(problem));
    }

    public ProblemException(Problem problem, Throwable cause) {
        this(problem);
        initCause(cause);
    }

    public List<Problem> problems() {
        return problems;
    }
}
