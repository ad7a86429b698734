package dev.sampan.studio.tracking.query;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Conditions in SQL with their parameters, in order.
///
/// @param text begins with " AND " for each condition; empty for none
public record Clause(String text, List<Object> bound) {
    public Clause {
        bound = List.copyOf(bound);
    }

    /// @throws dev.sampan.kernel.ProblemException `tracking.invalid_filter`
    public static Clause where(List<Comparison> comparisons, Vocabulary vocabulary) {
        StringBuilder sql = new StringBuilder();
        List<Object> bound = new ArrayList<>();
        for (Comparison comparison : comparisons) {
            Expression expression = vocabulary.of(comparison.field());
            check(comparison, expression);
            sql.append(" AND ").append(compared(expression)).append(' ');
            sql.append(comparison.operator().written())
                    .append(places(comparison))
                    .append(expression.after());
            bound.addAll(expression.bound());
            comparison.values().forEach(value -> bound.add(fitted(value, expression.kind())));
        }
        return new Clause(sql.toString(), bound);
    }

    /// What is not a number is neither above nor below one, though PostgreSQL puts it above all.
    private static String compared(Expression expression) {
        return expression.kind() == Expression.Kind.REAL
                ? "nullif(" + expression.before() + ", 'NaN')"
                : expression.before();
    }

    private static String places(Comparison comparison) {
        return switch (comparison.operator()) {
            case IS_NULL, IS_NOT_NULL -> "";
            case IN, NOT_IN ->
                " (" + String.join(", ", Collections.nCopies(comparison.values().size(), "?")) + ")";
            default -> " ?";
        };
    }

    private static void check(Comparison comparison, Expression expression) {
        boolean text = expression.kind() == Expression.Kind.TEXT;
        Operator operator = comparison.operator();
        if (text ? !operator.fitsText() : !operator.fitsNumbers()) {
            throw Tokens.mistake("'" + operator.written() + "' does not fit " + comparison.field() + ", which is a "
                    + (text ? "text: use =, !=, LIKE, ILIKE or IN" : "number: use =, !=, >, >=, < or <="));
        }
        for (Object value : comparison.values()) {
            if (text != value instanceof String) {
                throw Tokens.mistake("The value of " + comparison.field() + " must be a "
                        + (text ? "text in quotes" : "number") + ", not " + value);
            }
        }
    }

    private static Object fitted(Object value, Expression.Kind kind) {
        return kind == Expression.Kind.REAL && value instanceof Long whole ? (Object) whole.doubleValue() : value;
    }
}
