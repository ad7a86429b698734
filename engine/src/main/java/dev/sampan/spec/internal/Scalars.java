package dev.sampan.spec.internal;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a plain scalar is under YAML 1.2's core schema (§10.3.2): `1e-5` is a number; `no`, `on` and `1_000` are text.
final class Scalars {
    private static final Pattern NULL = Pattern.compile("~|null|Null|NULL|");
    private static final Pattern BOOL = Pattern.compile("true|True|TRUE|false|False|FALSE");
    private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]{1,40}");
    private static final Pattern NUMBER =
            Pattern.compile("[-+]?(\\.[0-9]{1,40}|[0-9]{1,40}(\\.[0-9]{0,40})?)([eE][-+]?[0-9]{1,3})?");
    private static final Pattern ENDLESS = Pattern.compile("[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");
    private static final int SHOWN_MAX = 40;

    private Scalars() {}

    static boolean isNull(String text) {
        return NULL.matcher(text).matches();
    }

    static boolean isBool(String text) {
        return BOOL.matcher(text).matches();
    }

    static boolean isEndless(String text) {
        return ENDLESS.matcher(text).matches();
    }

    /// A plain scalar that is no text.
    static boolean isTyped(String text) {
        return isNull(text) || isBool(text) || isEndless(text) || number(text) != null;
    }

    static @Nullable BigDecimal whole(String text) {
        return WHOLE.matcher(text).matches() ? new BigDecimal(text) : null;
    }

    /// Exact, so that neither a range check nor a price passes through a double.
    static @Nullable BigDecimal number(String text) {
        if (!NUMBER.matcher(text).matches()) {
            return null;
        }
        return new BigDecimal(
                text.endsWith(".") ? text + "0" : text.replace(".e", ".0e").replace(".E", ".0E"));
    }

    /// `2e-3`: good for a learning rate, unreadable as a price.
    static boolean isExponential(String text) {
        return text.indexOf('e') >= 0 || text.indexOf('E') >= 0;
    }

    /// In quotation marks, on one line, cut after 40 letters.
    static String quoted(String text) {
        return "'" + cut(text) + "'";
    }

    /// On one line, cut after 40 letters.
    static String cut(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints()
                .limit(SHOWN_MAX)
                .forEach(c -> shown.appendCodePoint(Character.isISOControl(c) || c >= 0xD800 && c < 0xE000 ? '?' : c));
        return text.codePointCount(0, text.length()) > SHOWN_MAX ? shown + "…" : shown.toString();
    }
}
