package dev.sampan.data.internal.prepare;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// JSON strings out of UTF-8, escaped as Jackson escapes them: quotes, backslashes and what is below the blank.
final class JsonText {
    private static final byte[][] ESCAPES = new byte[256][];

    static {
        for (int c = 0; c < ' '; c++) {
            ESCAPES[c] = ascii("\\u00" + (c < 16 ? "0" : "1") + "0123456789ABCDEF".charAt(c & 15));
        }
        ESCAPES['\b'] = ascii("\\b");
        ESCAPES['\t'] = ascii("\\t");
        ESCAPES['\n'] = ascii("\\n");
        ESCAPES['\f'] = ascii("\\f");
        ESCAPES['\r'] = ascii("\\r");
        ESCAPES['"'] = ascii("\\\"");
        ESCAPES['\\'] = ascii("\\\\");
    }

    private JsonText() {}

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /// With its quotes.
    static void write(byte[] utf8, int from, int length, Spool out) throws IOException {
        out.put((byte) '"');
        int start = from;
        int end = from + length;
        for (int at = from; at < end; at++) {
            byte[] escape = ESCAPES[utf8[at] & 0xFF];
            if (escape != null) {
                out.put(utf8, start, at - start);
                out.put(escape);
                start = at + 1;
            }
        }
        out.put(utf8, start, end - start);
        out.put((byte) '"');
    }
}
