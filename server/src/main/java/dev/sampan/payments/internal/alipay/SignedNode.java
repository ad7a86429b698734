package dev.sampan.payments.internal.alipay;

import org.jspecify.annotations.Nullable;

/// Alipay signs the letters of one node of its answer as they stand in it, so they are cut out and not written
/// anew.
final class SignedNode {
    private SignedNode() {}

    /// The object under a key of the outermost object; null when it is not there.
    static @Nullable String letters(String json, String key) {
        int depth = 0;
        int at = 0;
        while (at < json.length()) {
            char letter = json.charAt(at);
            if (letter == '"') {
                int end = endOfText(json, at);
                if (depth == 1 && json.substring(at + 1, end).equals(key)) {
                    int start = start(json, end + 1);
                    if (start > 0) {
                        return json.substring(start, endOfObject(json, start));
                    }
                }
                at = end;
            } else if (letter == '{' || letter == '[') {
                depth++;
            } else if (letter == '}' || letter == ']') {
                depth--;
            }
            at++;
        }
        return null;
    }

    /// Of the closing quotation mark.
    private static int endOfText(String json, int open) {
        int at = open + 1;
        while (at < json.length() - 1 && json.charAt(at) != '"') {
            at += json.charAt(at) == '\\' ? 2 : 1;
        }
        return Math.min(at, json.length() - 1);
    }

    /// Of the object after a colon; 0 where a value of another kind or none follows.
    private static int start(String json, int from) {
        int at = from;
        boolean colon = false;
        while (at < json.length()) {
            char letter = json.charAt(at);
            if (letter == '{') {
                return colon ? at : 0;
            }
            if (letter == ':' && !colon) {
                colon = true;
            } else if (!Character.isWhitespace(letter)) {
                return 0;
            }
            at++;
        }
        return 0;
    }

    private static int endOfObject(String json, int start) {
        int depth = 0;
        for (int at = start; at < json.length(); at++) {
            char letter = json.charAt(at);
            if (letter == '"') {
                at = endOfText(json, at);
            } else if (letter == '{') {
                depth++;
            } else if (letter == '}' && --depth == 0) {
                return at + 1;
            }
        }
        return json.length();
    }
}
