package dev.sampan.privacy.internal;

import java.util.ArrayList;
import java.util.List;

/// Digits that stand together, alone or in groups with one blank or hyphen between them, as people write long
/// numbers.
///
/// @param start of the first digit
/// @param end behind the last
/// @param digits without what separates them
/// @param groups lengths of the groups
record Digits(int start, int end, String digits, List<Integer> groups) {
    /// Longer runs are no identifier; they are passed over whole.
    private static final int DIGITS_MAX = 40;

    /// All runs of a text, cut where more than [#DIGITS_MAX] digits would come together.
    static List<Digits> all(Scan scan) {
        List<Digits> all = new ArrayList<>();
        int i = 0;
        while (i < scan.length()) {
            if (!scan.digit(i)) {
                i++;
                continue;
            }
            Digits run = from(scan, i);
            all.add(run);
            i = run.end;
        }
        return all;
    }

    private static Digits from(Scan scan, int start) {
        StringBuilder digits = new StringBuilder();
        List<Integer> groups = new ArrayList<>();
        int end = start;
        int i = start;
        while (true) {
            int group = 0;
            while (scan.digit(i)) {
                digits.append(scan.at(i));
                i++;
                group++;
            }
            groups.add(group);
            end = i;
            boolean separated = (scan.at(i) == ' ' || scan.at(i) == '-') && scan.digit(i + 1);
            if (!separated || digits.length() >= DIGITS_MAX) {
                return new Digits(start, end, digits.toString(), groups);
            }
            i++;
        }
    }

    /// The groups from one to another, as a run of their own: a number may stand beside others.
    Digits part(int from, int to) {
        int before = 0;
        int position = start;
        for (int g = 0; g < from; g++) {
            before += groups.get(g);
            position += groups.get(g) + 1;
        }
        int length = 0;
        for (int g = from; g < to; g++) {
            length += groups.get(g);
        }
        return new Digits(
                position,
                position + length + (to - from - 1),
                digits.substring(before, before + length),
                groups.subList(from, to));
    }

    int count() {
        return digits.length();
    }
}
