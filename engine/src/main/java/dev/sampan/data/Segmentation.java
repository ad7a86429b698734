package dev.sampan.data;

import java.util.ArrayList;
import java.util.List;

/// Where the words of a text begin and end.
///
/// - A letter or digit begins a word of letters, digits and their marks; an apostrophe between two letters
///   (`don't`) and a point or comma between two digits (`3.5`, `1,000`) belong to it.
/// - A Chinese, Japanese or Korean character is a word of its own: these scripts write no blanks between words.
/// - Any other character that is not white space (punctuation, symbols, emoji) is one of its own.
/// - Combining marks belong to what they stand on.
final class Segmentation {
    private Segmentation() {}

    /// Told each word's place; false stops.
    @FunctionalInterface
    interface Visitor {
        boolean word(int start, int end);
    }

    static void words(String text, Visitor visitor) {
        int i = 0;
        while (i < text.length()) {
            int c = text.codePointAt(i);
            if (TextCleaner.isBlank(c)) {
                i += Character.charCount(c);
                continue;
            }
            int end = end(text, i, c);
            if (!visitor.word(i, end)) {
                return;
            }
            i = end;
        }
    }

    /// Each word with the white space after it (the first also with what stands before it), so that the pieces
    /// joined are the text.
    static List<String> pieces(String text) {
        List<Integer> starts = new ArrayList<>();
        words(text, (start, _) -> starts.add(start));
        List<String> pieces = new ArrayList<>(Math.max(1, starts.size()));
        for (int k = 0; k < Math.max(1, starts.size()); k++) {
            int from = k == 0 ? 0 : starts.get(k);
            int to = k + 1 < starts.size() ? starts.get(k + 1) : text.length();
            if (from < to) {
                pieces.add(text.substring(from, to));
            }
        }
        return pieces;
    }

    /// True for the scripts that write no blanks between words.
    static boolean isCjk(int c) {
        return c >= 0x1100
                && (Character.isIdeographic(c)
                        || (c >= 0x3040 && c <= 0x30FF)
                        || (c >= 0xAC00 && c <= 0xD7AF)
                        || (c <= 0x11FF)
                        || (c >= 0x3130 && c <= 0x318F)
                        || (c >= 0x31F0 && c <= 0x31FF)
                        || (c >= 0xFF66 && c <= 0xFF9F));
    }

    private static int end(String text, int start, int first) {
        int i = start + Character.charCount(first);
        boolean run = Character.isLetterOrDigit(first) && !isCjk(first);
        int previous = first;
        while (i < text.length()) {
            int c = text.codePointAt(i);
            boolean continues = isMark(c)
                    || (run
                            && ((Character.isLetterOrDigit(c) && !isCjk(c))
                                    || joins(previous, c, text, i + Character.charCount(c))));
            if (!continues) {
                return i;
            }
            i += Character.charCount(c);
            previous = isMark(c) ? previous : c;
        }
        return i;
    }

    private static boolean joins(int previous, int c, String text, int after) {
        if (after >= text.length()) {
            return false;
        }
        int next = text.codePointAt(after);
        return switch (c) {
            case '\'', '\u2019' -> Character.isLetter(previous) && Character.isLetter(next) && !isCjk(next);
            case '.', ',' -> Character.isDigit(previous) && Character.isDigit(next);
            default -> false;
        };
    }

    private static boolean isMark(int c) {
        if (c < 0x300) {
            return false;
        }
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK
                || type == Character.ENCLOSING_MARK
                || type == Character.COMBINING_SPACING_MARK;
    }
}
