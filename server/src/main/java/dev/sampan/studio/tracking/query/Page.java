package dev.sampan.studio.tracking.query;

import dev.sampan.kernel.Json;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// Pages by the last row seen, not by counting: the thousandth page costs what the first does, and rows that come
/// while one turns pages move nothing. A row without a value, and one that is not a number, stand after all others
/// in either direction, as MLflow has it.
///
/// The caller selects `columns` in a subquery and puts `after` and `order` around it:
/// ```
/// SELECT * FROM (SELECT r.* <columns> FROM … ) page WHERE true <after> ORDER BY <order> LIMIT ?
/// ```
public final class Page {
    private static final int LETTERS_MAX = 20_000;

    private final List<Order> orders;
    private final List<Expression> expressions;
    private final String unique;

    private Page(List<Order> orders, List<Expression> expressions, String unique) {
        this.orders = orders;
        this.expressions = expressions;
        this.unique = unique;
    }

    /// @param unique the column that tells rows apart, at the end of every order
    public static Page by(List<Order> orders, Vocabulary vocabulary, String unique) {
        List<Expression> expressions = new ArrayList<>();
        for (Order order : orders) {
            Expression expression = vocabulary.of(order.field());
            if (!expression.scalar()) {
                throw Tokens.mistake("Nothing can be ordered by " + order.field());
            }
            expressions.add(expression);
        }
        return new Page(List.copyOf(orders), expressions, unique);
    }

    /// To be selected beside the row.
    public Clause columns() {
        StringBuilder sql = new StringBuilder();
        List<Object> bound = new ArrayList<>();
        for (int i = 0; i < expressions.size(); i++) {
            sql.append(", ").append(expressions.get(i).before()).append(" AS ").append(column(i));
            bound.addAll(expressions.get(i).bound());
        }
        return new Clause(sql.toString(), bound);
    }

    /// Names of the selected columns, to be read from the last row for the next token.
    public List<String> names() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < expressions.size(); i++) {
            names.add(column(i));
        }
        names.add(unique);
        return names;
    }

    public String order() {
        StringBuilder sql = new StringBuilder();
        for (int i = 0; i < expressions.size(); i++) {
            if (ranked(i)) {
                sql.append(rank(i)).append(", ");
            }
            sql.append(value(i)).append(orders.get(i).descending() ? " DESC, " : ", ");
        }
        return sql.append(unique).toString();
    }

    /// What comes after the row that the token names; everything without one.
    ///
    /// @throws ProblemException `tracking.invalid_page_token`, also for the token of another order
    public Clause after(@Nullable String token) {
        if (token == null || token.isEmpty()) {
            return new Clause("", List.of());
        }
        List<@Nullable Object> last = read(token);
        StringBuilder sql = new StringBuilder(" AND (");
        List<Object> bound = new ArrayList<>();
        StringBuilder same = new StringBuilder();
        List<Object> sameBound = new ArrayList<>();
        for (int i = 0; i < expressions.size(); i++) {
            Object value = last.get(i);
            int rank = value == null ? 2 : isNaN(value) ? 1 : 0;
            if (ranked(i)) {
                step(sql, bound, same, sameBound, new Key(rank(i), " > ?", rank));
            }
            Object place = rank == 0 && value != null ? value : nothing(i);
            step(sql, bound, same, sameBound, new Key(value(i), orders.get(i).descending() ? " < ?" : " > ?", place));
        }
        sql.append(same).append(unique).append(" > ?)");
        bound.addAll(sameBound);
        bound.add(String.valueOf(last.getLast()));
        return new Clause(sql.toString(), bound);
    }

    private record Key(String expression, String beyond, Object place) {}

    /// (a > x) OR (a = x AND b > y) OR …, written key by key.
    private static void step(
            StringBuilder sql, List<Object> bound, StringBuilder same, List<Object> sameBound, Key key) {
        sql.append('(')
                .append(same)
                .append(key.expression())
                .append(key.beyond())
                .append(") OR ");
        bound.addAll(sameBound);
        bound.add(key.place());
        same.append(key.expression()).append(" = ? AND ");
        sameBound.add(key.place());
    }

    /// @param last values of the columns in [#names] of the last row
    public String token(List<@Nullable Object> last) {
        List<@Nullable Object> content = new ArrayList<>(last);
        content.addFirst(fingerprint());
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Json.write(content).getBytes(StandardCharsets.UTF_8));
    }

    private List<@Nullable Object> read(String token) {
        try {
            if (token.length() > LETTERS_MAX) {
                throw mistake();
            }
            String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            List<@Nullable Object> content = new ArrayList<>();
            for (Object one : Json.MAPPER.readValue(text, Object[].class)) {
                content.add(one);
            }
            boolean ours = content.size() == expressions.size() + 2
                    && fingerprint().equals(content.removeFirst())
                    && typed(content);
            if (!ours) {
                throw mistake();
            }
            return content;
        } catch (IllegalArgumentException | JacksonException e) {
            throw mistake();
        }
    }

    private boolean typed(List<@Nullable Object> content) {
        for (int i = 0; i < expressions.size(); i++) {
            Object value = content.get(i);
            switch (expressions.get(i).kind()) {
                case TEXT -> {
                    if (value != null && !(value instanceof String)) {
                        return false;
                    }
                }
                case WHOLE -> {
                    if (value != null && !(value instanceof Integer || value instanceof Long)) {
                        return false;
                    }
                }
                case REAL -> {
                    if (value instanceof String text) {
                        content.set(i, Double.valueOf(text)); // NaN and the infinities travel as texts
                    } else if (value instanceof Number number) {
                        content.set(i, number.doubleValue());
                    }
                }
            }
        }
        return content.getLast() instanceof String;
    }

    private String fingerprint() {
        return Sha256.of((orders + unique).getBytes(StandardCharsets.UTF_8))
                .hex()
                .substring(0, 12);
    }

    private static ProblemException mistake() {
        return new ProblemException(
                Problem.of("tracking.invalid_page_token", "The page token is not one of this search")
                        .remedy("Search again from the first page with the same filter and order"));
    }

    private static boolean isNaN(Object value) {
        return value instanceof Double real && real.isNaN();
    }

    private boolean ranked(int i) {
        return expressions.get(i).nullable() || expressions.get(i).kind() == Expression.Kind.REAL;
    }

    private String rank(int i) {
        String not = expressions.get(i).kind() == Expression.Kind.REAL
                ? " WHEN " + column(i) + " = 'NaN'::float8 THEN 1"
                : "";
        return "CASE WHEN " + column(i) + " IS NULL THEN 2" + not + " ELSE 0 END";
    }

    private String value(int i) {
        return switch (expressions.get(i).kind()) {
            case TEXT -> "coalesce(" + column(i) + ", '') COLLATE \"C\"";
            case WHOLE -> expressions.get(i).nullable() ? "coalesce(" + column(i) + ", 0)" : column(i);
            case REAL -> "coalesce(nullif(" + column(i) + ", 'NaN'), 0)";
        };
    }

    private Object nothing(int i) {
        return switch (expressions.get(i).kind()) {
            case TEXT -> "";
            case WHOLE -> (Object) 0L;
            case REAL -> (Object) 0.0;
        };
    }

    private static String column(int i) {
        return "sort_" + i;
    }
}
