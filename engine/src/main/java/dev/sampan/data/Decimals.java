package dev.sampan.data;

import org.jspecify.annotations.Nullable;

/// Numbers as data files write them: a sign, digits, one point, an exponent (`-1.5e3`). Java's own reading
/// takes `1f`, `0x1p3` and `NaN` too, which in a file are mistakes.
public final class Decimals {
    private static final int LENGTH_MAX = 64;

    private Decimals() {}

    /// The finite number written; null when it is none.
    public static @Nullable Double parse(String text) {
        if (!isNumber(text)) {
            return null;
        }
        double value = Double.parseDouble(text);
        return Double.isFinite(value) ? value : null;
    }

    private static boolean isNumber(String text) {
        if (text.length() > LENGTH_MAX) {
            return false;
        }
        int at = sign(text, 0);
        int whole = digits(text, at);
        int end = whole;
        if (end < text.length() && text.charAt(end) == '.') {
            end = digits(text, end + 1);
        }
        boolean any = whole > at || end > whole + 1;
        if (any && end < text.length() && (text.charAt(end) == 'e' || text.charAt(end) == 'E')) {
            int exponent = sign(text, end + 1);
            end = digits(text, exponent);
            any = end > exponent;
        }
        return any && end == text.length();
    }

    private static int sign(String text, int at) {
        return at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+') ? at + 1 : at;
    }

    private static int digits(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }
}
