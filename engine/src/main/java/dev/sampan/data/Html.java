package dev.sampan.data;

import java.util.Locale;
import java.util.Map;

/// Text out of HTML: no parser, for what is cleaned need not be a whole document. A `<` that no letter, `/` or `!`
/// follows, or that no `>` closes, is a character like any other.
final class Html {
    private static final Map<String, String> ENTITIES =
            Map.of("amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'", "nbsp", " ", "ensp", " ", "emsp", " ");
    private static final int ENTITY_MAX = 8;

    private Html() {}

    static String strip(String text) {
        if (text.indexOf('<') < 0 && text.indexOf('&') < 0) {
            return text;
        }
        StringBuilder kept = new StringBuilder(text.length());
        int i = 0;
        while (i < text.length()) {
            int behind = text.charAt(i) == '<' ? behindTag(text, i) : -1;
            if (behind >= 0) {
                boolean parted = kept.isEmpty() || kept.charAt(kept.length() - 1) == ' ';
                kept.append(parted ? "" : " ");
                i = behind;
            } else {
                i = character(text, i, kept);
            }
        }
        return kept.toString();
    }

    /// @return where the text goes on behind the tag or comment at `at`; −1 when none is there
    private static int behindTag(String text, int at) {
        if (text.startsWith("<!--", at)) {
            int end = text.indexOf("-->", at + 4);
            return end < 0 ? -1 : end + 3;
        }
        char next = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
        boolean tag = next == '/' || next == '!' || (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z');
        int end = tag ? text.indexOf('>', at) : -1;
        if (end < 0) {
            return -1;
        }
        String name = text.substring(at + 1, end).toLowerCase(Locale.ROOT);
        for (String silent : new String[] {"script", "style"}) {
            if (name.equals(silent) || name.startsWith(silent + " ")) {
                int close = text.toLowerCase(Locale.ROOT).indexOf("</" + silent, end);
                int closed = close < 0 ? -1 : text.indexOf('>', close);
                return closed < 0 ? end + 1 : closed + 1;
            }
        }
        return end + 1;
    }

    /// Appends the character at `at`, or the one that an entity there stands for.
    private static int character(String text, int at, StringBuilder kept) {
        int end = text.charAt(at) == '&' ? text.indexOf(';', at) : -1;
        if (end > at + 1 && end - at - 1 <= ENTITY_MAX) {
            String name = text.substring(at + 1, end);
            String known = ENTITIES.get(name);
            int number = known == null && name.startsWith("#") ? number(name.substring(1)) : -1;
            if (known != null || number > 0) {
                kept.append(known != null ? known : Character.toString(number));
                return end + 1;
            }
        }
        kept.append(text.charAt(at));
        return at + 1;
    }

    private static int number(String digits) {
        try {
            boolean hex = digits.startsWith("x") || digits.startsWith("X");
            int number = hex ? Integer.parseInt(digits.substring(1), 16) : Integer.parseInt(digits);
            boolean surrogate = number >= Character.MIN_SURROGATE && number <= Character.MAX_SURROGATE;
            return Character.isValidCodePoint(number) && !surrogate ? number : -1;
        } catch (NumberFormatException _) {
            return -1; // no number: the characters stand as they are
        }
    }
}
