package dev.sampan.data.internal;

import dev.sampan.kernel.Problem;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// Which of the known names a person may have meant.
public final class Nearest {
    private static final int NAMES_SHOWN = 10;

    private Nearest() {}

    /// The problem with the nearest name as its remedy, or with the names there are when none is near.
    public static Problem remedy(Problem problem, String asked, Collection<String> known) {
        List<String> sorted = known.stream()
                .filter(name -> !name.isBlank())
                .sorted(Comparator.comparingInt((String name) -> distance(fold(asked), fold(name)))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
        if (sorted.isEmpty()) {
            return problem;
        }
        String first = sorted.getFirst();
        if (distance(fold(asked), fold(first)) <= Math.max(1, asked.length() / 2)) {
            return problem.remedy("Did you mean '" + first + "'?");
        }
        String names =
                String.join("', '", sorted.stream().limit(NAMES_SHOWN).sorted().toList());
        return problem.remedy("There are '" + names + "'" + (sorted.size() > NAMES_SHOWN ? " and more." : "."));
    }

    private static String fold(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }

    /// Levenshtein: insertions, deletions and replacements of one character.
    static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
