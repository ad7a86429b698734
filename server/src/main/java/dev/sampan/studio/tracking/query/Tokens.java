package dev.sampan.studio.tracking.query;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.studio.tracking.query.Token.Kind;
import java.util.List;

/// Reads a text piece by piece, with one piece seen ahead.
final class Tokens {
    private static final List<String> SIGNS = List.of(">=", "<=", "!=", ">", "<", "=", ".", ",", "(", ")");

    private final String text;
    private int next;
    private Token ahead;

    Tokens(String text) {
        this.text = text;
        this.ahead = read();
    }

    Token peek() {
        return ahead;
    }

    Token take() {
        Token taken = ahead;
        ahead = read();
        return taken;
    }

    boolean takeIf(String sign) {
        boolean there = ahead.is(sign);
        if (there) {
            take();
        }
        return there;
    }

    boolean takeWordIf(String word) {
        boolean there = ahead.isWord(word);
        if (there) {
            take();
        }
        return there;
    }

    /// @param wanted what would have been right
    ProblemException unexpected(String wanted) {
        return mistake("Expected " + wanted + ", found " + ahead + " in: " + text);
    }

    static ProblemException mistake(String sentence) {
        return new ProblemException(Problem.of("tracking.invalid_filter", sentence));
    }

    private Token read() {
        while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
            next++;
        }
        if (next == text.length()) {
            return new Token(Kind.END, "", next);
        }
        char letter = text.charAt(next);
        if (letter == '\'' || letter == '"' || letter == '`') {
            return quoted(letter);
        }
        if (isDigit(letter) || (letter == '-' && next + 1 < text.length() && isDigit(text.charAt(next + 1)))) {
            return until(Kind.NUMBER);
        }
        if (Character.isLetter(letter) || letter == '_') {
            return until(Kind.WORD);
        }
        for (String sign : SIGNS) {
            if (text.startsWith(sign, next)) {
                next += sign.length();
                return new Token(Kind.SIGN, sign, next - sign.length());
            }
        }
        throw mistake("'" + letter + "' at position " + (next + 1) + " means nothing here: " + text);
    }

    private Token quoted(char quote) {
        int start = next++;
        StringBuilder inside = new StringBuilder();
        while (next < text.length()) {
            char letter = text.charAt(next++);
            if (letter != quote) {
                inside.append(letter);
            } else if (next < text.length() && text.charAt(next) == quote) {
                inside.append(quote); // doubled: the quote itself
                next++;
            } else {
                return new Token(quote == '\'' ? Kind.STRING : Kind.QUOTED, inside.toString(), start);
            }
        }
        throw mistake("The quote at position " + (start + 1) + " has no end: " + text);
    }

    /// Keys are often written bare though they hold slashes, dashes or dots: `metrics.val/loss`, `tags.mlflow.user`.
    private Token until(Kind kind) {
        int start = next;
        while (next < text.length() && belongs(kind, start)) {
            next++;
        }
        return new Token(kind, text.substring(start, next), start);
    }

    private boolean belongs(Kind kind, int start) {
        char letter = text.charAt(next);
        if (Character.isLetterOrDigit(letter)
                || letter == '_'
                || letter == '-'
                || (letter == '.' && !entityEnds(start))) {
            return true;
        }
        boolean exponent = letter == '+' && Character.toLowerCase(text.charAt(next - 1)) == 'e';
        return kind == Kind.NUMBER ? exponent : letter == '/' || letter == '@';
    }

    /// A dot before a quoted key is a sign of its own.
    private boolean entityEnds(int start) {
        return start < next
                && next + 1 < text.length()
                && (text.charAt(next + 1) == '`' || text.charAt(next + 1) == '"');
    }

    private static boolean isDigit(char letter) {
        return letter >= '0' && letter <= '9';
    }
}
