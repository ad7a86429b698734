package dev.sampan.privacy.internal;

import dev.sampan.privacy.Finding;
import dev.sampan.privacy.PersonalData;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/// One text under search. Full-width letters and digits are read as plain ones, in place, so that positions stay
/// those of the text. What one scanner claims no later one may touch.
final class Scan {
    /// The colon and the hash of a label.
    private static final int HASH = 9;

    private final String text;
    private final char[] folded;
    private final BitSet claimed = new BitSet();
    private final List<Finding> findings = new ArrayList<>();

    Scan(String text) {
        this.text = text;
        this.folded = text.toCharArray();
        for (int i = 0; i < folded.length; i++) {
            char c = folded[i];
            if (c >= '！' && c <= '～') {
                folded[i] = (char) (c - '！' + '!');
            } else if (c == '\u3000' || c == '\u00A0') {
                folded[i] = ' ';
            }
        }
        labels();
    }

    /// What a mask has put in the text already, `<PHONE>` or `<PHONE:3fa9c1d2>`, is nobody's data.
    private void labels() {
        for (int at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at + 1)) {
            for (PersonalData kind : PersonalData.values()) {
                int end = at + 1 + kind.name().length();
                if (text.startsWith(kind.name(), at + 1)) {
                    end += at(end) == ':' ? HASH : 0;
                    if (at(end) == '>') {
                        claimed.set(at, end + 1);
                    }
                }
            }
        }
    }

    String text() {
        return text;
    }

    int length() {
        return folded.length;
    }

    /// The character there, or NUL outside the text.
    char at(int i) {
        return i < 0 || i >= folded.length ? 0 : folded[i];
    }

    boolean digit(int i) {
        char c = at(i);
        return c >= '0' && c <= '9';
    }

    boolean letter(int i) {
        char c = at(i);
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    boolean word(int i) {
        return digit(i) || letter(i);
    }

    boolean han(int i) {
        char c = at(i);
        return c >= '\u4E00' && c <= '\u9FFF' || c == '〇';
    }

    /// Whether the word stands there, in any case; the word itself in lower case.
    boolean starts(int i, String word) {
        if (i < 0 || i + word.length() > folded.length) {
            return false;
        }
        for (int k = 0; k < word.length(); k++) {
            char c = folded[i + k];
            if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != word.charAt(k)) {
                return false;
            }
        }
        return true;
    }

    /// The folded characters of a stretch.
    String folded(int start, int end) {
        return new String(folded, start, end - start);
    }

    /// Keeps the stretch for the kind, unless a part of it is taken.
    ///
    /// @return whether it was free
    boolean claim(PersonalData kind, int start, int end) {
        int taken = claimed.nextSetBit(start);
        if (start >= end || taken >= 0 && taken < end) {
            return false;
        }
        claimed.set(start, end);
        findings.add(new Finding(kind, start, end));
        return true;
    }

    boolean free(int start, int end) {
        int taken = claimed.nextSetBit(start);
        return taken < 0 || taken >= end;
    }

    List<Finding> findings() {
        findings.sort(Comparator.comparingInt(Finding::start));
        return List.copyOf(findings);
    }
}
