package dev.sampan.kernel;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The known name a person most likely meant. Distance is Damerau–Levenshtein in its restricted form (optimal
/// string alignment): insertions, deletions, substitutions and swaps of neighbours cost one each. Case is
/// ignored, and `-`, `_` and blank count as one letter.
public final class Nearest {
    /// Longer names are not compared: nobody mistypes them, and the cost is the product of the lengths.
    private static final int LENGTH_MAX = 128;

    private static final int NAMES_SHOWN = 10;

    private Nearest() {}

    /// The closest of `known`, the first of equals; null when none is close enough to be a slip of the fingers (a
    /// third of the longer name's letters, at least one and at most four edits) nor continues or is continued by
    /// `given`.
    public static @Nullable String of(String given, Collection<String> known) {
        String sought = plain(given);
        String best = null;
        int bestDistance = Integer.MAX_VALUE;
        for (String name : known) {
            String candidate = plain(name);
            int distance = distance(sought, candidate);
            if (distance < bestDistance && close(sought, candidate, distance)) {
                best = name;
                bestDistance = distance;
            }
        }
        return best;
    }

    /// The problem with the nearest name as its remedy, or with the names there are when none is near.
    public static Problem remedy(Problem problem, String given, Collection<String> known) {
        String nearest = of(given, known);
        if (nearest != null) {
            return problem.remedy("Did you mean '" + nearest + "'?");
        }
        List<String> named =
                known.stream().filter(name -> !name.isBlank()).sorted().toList();
        if (named.isEmpty()) {
            return problem;
        }
        String names = String.join("', '", named.subList(0, Math.min(NAMES_SHOWN, named.size())));
        return problem.remedy("There are '" + names + "'" + (named.size() > NAMES_SHOWN ? " and more." : "."));
    }

    private static boolean close(String a, String b, int distance) {
        int allowed = Math.clamp(Math.max(a.length(), b.length()) / 3, 1, 4);
        boolean continued = Math.min(a.length(), b.length()) >= 4 && (a.startsWith(b) || b.startsWith(a));
        return distance <= allowed || continued;
    }

    private static String plain(String name) {
        String cut = name.length() > LENGTH_MAX ? name.substring(0, LENGTH_MAX) : name;
        return cut.toLowerCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
    }

    /// Edits between two names; three rows of the table are enough, for a swap looks back two.
    static int distance(String a, String b) {
        int[] before = new int[b.length() + 1];
        int[] above = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substitution = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(substitution, Math.min(above[j], row[j - 1]) + 1);
                if (swapped(a, i, b, j)) {
                    row[j] = Math.min(row[j], before[j - 2] + 1);
                }
            }
            int[] free = before;
            before = above;
            above = row;
            row = free;
        }
        return above[b.length()];
    }

    private static boolean swapped(String a, int i, String b, int j) {
        return i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    }
}
