package dev.sampan.studio.tracking.query;

/// How a value is compared; each is written in SQL as in the filter.
public enum Operator {
    EQUAL("="),
    NOT_EQUAL("!="),
    GREATER(">"),
    GREATER_OR_EQUAL(">="),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    LIKE("LIKE"),
    ILIKE("ILIKE"),
    IN("IN"),
    NOT_IN("NOT IN"),
    IS_NULL("IS NULL"),
    IS_NOT_NULL("IS NOT NULL");

    private final String written;

    Operator(String written) {
        this.written = written;
    }

    public String written() {
        return written;
    }

    /// Whether texts may be compared so: MLflow knows no order of texts.
    boolean fitsText() {
        return switch (this) {
            case EQUAL, NOT_EQUAL, LIKE, ILIKE, IN, NOT_IN, IS_NULL, IS_NOT_NULL -> true;
            case GREATER, GREATER_OR_EQUAL, LESS, LESS_OR_EQUAL -> false;
        };
    }

    boolean fitsNumbers() {
        return switch (this) {
            case EQUAL, NOT_EQUAL, GREATER, GREATER_OR_EQUAL, LESS, LESS_OR_EQUAL -> true;
            case LIKE, ILIKE, IN, NOT_IN, IS_NULL, IS_NOT_NULL -> false;
        };
    }
}
