package dev.sampan.data;

import org.jspecify.annotations.Nullable;

/// Numbers as data files write them: a sign, digits, one point, an exponent (`-1.5e3`). Java's own reading
/// takes `1f`, `0x1p3` and `NaN` too, which in a file are mistakes.
public final class Decimals {
    private static final int LENGTH_MAX = 64;
    private static final int PLAIN_DIGITS = 15;
    private static final double[] POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
    };

    private Decimals() {}

    /// The finite number written; null when it is none.
    public static @Nullable Double parse(String text) {
        double value = value(text);
        return Double.isNaN(value) ? null : (Double) value;
    }

    /// The finite number written; NaN when it is none.
    public static double value(String text) {
        double plain = plain(text);
        if (!Double.isNaN(plain)) {
            return plain;
        }
        if (!isNumber(text)) {
            return Double.NaN;
        }
        double value = Double.parseDouble(text);
        return Double.isFinite(value) ? value : Double.NaN;
    }

    /// Most numbers of most files: a sign, at most 15 digits, perhaps a point among them. Both the digits and the
    /// power of ten are whole in a double then, so that one division rounds as `parseDouble` does (Clinger 1990).
    /// NaN for all else.
    private static double plain(String text) {
        int length = text.length();
        int at = length > 0 && (text.charAt(0) == '-' || text.charAt(0) == '+') ? 1 : 0;
        if (length - at > PLAIN_DIGITS + 1 || length == at) {
            return Double.NaN;
        }
        long digits = 0;
        int count = 0;
        int point = -1;
        for (; at < length; at++) {
            int digit = text.charAt(at) - '0';
            if (digit >= 0 && digit <= 9) {
                digits = digits * 10 + digit;
                count++;
            } else if (digit == '.' - '0' && point < 0) {
                point = count;
            } else {
                return Double.NaN;
            }
        }
        if (count == 0 || count > PLAIN_DIGITS) {
            return Double.NaN;
        }
        double value = point < 0 ? digits : digits / POWERS[count - point];
        return text.charAt(0) == '-' ? -value : value;
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
