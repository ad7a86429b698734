package dev.sampan.studio.tracking.query;

import dev.sampan.studio.tracking.query.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Reads MLflow's filter language: comparisons joined by AND.
/// ```
/// filter     = comparison { AND comparison }
/// comparison = field ( sign value | [I]LIKE text | [NOT] IN "(" value { "," value } ")" | IS [NOT] NULL )
/// field      = [ entity "." ] key
/// ```
public final class Filter {
    private static final int LETTERS_MAX = 10_000;

    private final Tokens tokens;

    private Filter(Tokens tokens) {
        this.tokens = tokens;
    }

    /// @param text empty for everything
    /// @throws dev.sampan.kernel.ProblemException `tracking.invalid_filter`
    public static List<Comparison> parse(String text) {
        if (text.length() > LETTERS_MAX) {
            throw Tokens.mistake("The filter has " + text.length() + " letters, more than " + LETTERS_MAX);
        }
        Filter filter = new Filter(new Tokens(text));
        List<Comparison> all = new ArrayList<>();
        if (filter.tokens.peek().kind() == Kind.END) {
            return all;
        }
        do {
            all.add(filter.comparison());
        } while (filter.tokens.takeWordIf("and"));
        if (filter.tokens.peek().kind() != Kind.END) {
            throw filter.tokens.unexpected(filter.tokens.peek().isWord("or") ? "AND, for OR is not known" : "AND");
        }
        return all;
    }

    static Field field(Tokens tokens) {
        Token first = tokens.take();
        if (first.kind() == Kind.QUOTED) {
            return Field.of(first.text(), "");
        }
        if (first.kind() != Kind.WORD) {
            throw Tokens.mistake("Expected a field such as metrics.loss, found " + first);
        }
        if (tokens.takeIf(".")) {
            Token key = tokens.take();
            if (key.text().isEmpty()) {
                throw Tokens.mistake("Expected a key after " + first.text() + "., found " + key);
            }
            return Field.of(first.text(), key.text());
        }
        int dot = first.text().indexOf('.');
        return dot < 0
                ? Field.of(first.text(), "")
                : Field.of(first.text().substring(0, dot), first.text().substring(dot + 1));
    }

    private Comparison comparison() {
        Field field = field(tokens);
        Operator operator = operator();
        return new Comparison(
                field,
                operator,
                switch (operator) {
                    case IS_NULL, IS_NOT_NULL -> List.of();
                    case IN, NOT_IN -> several();
                    default -> List.of(value());
                });
    }

    private Operator operator() {
        if (tokens.takeWordIf("is")) {
            boolean not = tokens.takeWordIf("not");
            if (!tokens.takeWordIf("null")) {
                throw tokens.unexpected("NULL");
            }
            return not ? Operator.IS_NOT_NULL : Operator.IS_NULL;
        }
        if (tokens.takeWordIf("not")) {
            if (!tokens.takeWordIf("in")) {
                throw tokens.unexpected("IN");
            }
            return Operator.NOT_IN;
        }
        String written = tokens.peek().text().toUpperCase(Locale.ROOT);
        for (Operator operator : Operator.values()) {
            if (tokens.peek().kind() != Kind.STRING && operator.written().equals(written)) {
                tokens.take();
                return operator;
            }
        }
        throw tokens.unexpected("a comparison (=, !=, >, >=, <, <=, LIKE, ILIKE, IN, IS NULL)");
    }

    private List<Object> several() {
        if (!tokens.takeIf("(")) {
            throw tokens.unexpected("(");
        }
        List<Object> values = new ArrayList<>();
        do {
            values.add(value());
        } while (tokens.takeIf(","));
        if (!tokens.takeIf(")")) {
            throw tokens.unexpected(")");
        }
        return values;
    }

    private Object value() {
        Token token = tokens.peek();
        Object value = switch (token.kind()) {
            case STRING, QUOTED -> token.text();
            case NUMBER -> number(token);
            case WORD, SIGN, END -> throw tokens.unexpected("a number or a text in quotes");
        };
        tokens.take();
        return value;
    }

    private static Object number(Token token) {
        try {
            return Long.valueOf(token.text());
        } catch (NumberFormatException _) {
            try {
                return Double.valueOf(token.text());
            } catch (NumberFormatException _) {
                throw Tokens.mistake(token + " is not a number");
            }
        }
    }
}
