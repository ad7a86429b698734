package dev.sampan.data.label;

import dev.sampan.data.Spans.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// How far people agree beyond chance, over the items that at least two of them labelled. 1 is full agreement, 0
/// what chance would give, below 0 less than that; null where it cannot be said: no such item, or one category
/// alone.
///
/// @param items that at least two people labelled
/// @param annotators who labelled one of them
/// @param observed share of pairs of answers that are equal
/// @param cohen Cohen's κ (1960): of two people; of more, the mean over the pairs who share items
/// @param fleiss Fleiss' κ (1971), where items may have different numbers of answers
/// @param krippendorff Krippendorff's α for nominal data (2004), which no missing answer disturbs
public record Agreement(
        int items,
        int annotators,
        double observed,
        @Nullable Double cohen,
        @Nullable Double fleiss,
        @Nullable Double krippendorff) {

    /// @param ratings for each item, who answered what
    public static Agreement of(List<Map<String, String>> ratings) {
        List<Map<String, String>> items =
                ratings.stream().filter(item -> item.size() >= 2).toList();
        Set<String> people = new TreeSet<>();
        items.forEach(item -> people.addAll(item.keySet()));
        Counts counts = new Counts(items);
        return new Agreement(
                items.size(),
                people.size(),
                counts.observed(),
                cohen(items, List.copyOf(people)),
                counts.fleiss(),
                counts.krippendorff());
    }

    private static @Nullable Double cohen(List<Map<String, String>> items, List<String> people) {
        double sum = 0;
        int pairs = 0;
        for (int a = 0; a < people.size(); a++) {
            for (int b = a + 1; b < people.size(); b++) {
                Double kappa = cohen(items, people.get(a), people.get(b));
                if (kappa != null) {
                    sum += kappa;
                    pairs++;
                }
            }
        }
        return pairs == 0 ? null : sum / pairs;
    }

    /// (observed − expected) / (1 − expected), expected from each one's own shares of the categories.
    static @Nullable Double cohen(List<Map<String, String>> items, String one, String other) {
        Map<String, Integer> first = new HashMap<>();
        Map<String, Integer> second = new HashMap<>();
        int both = 0;
        int equal = 0;
        for (Map<String, String> item : items) {
            String a = item.get(one);
            String b = item.get(other);
            if (a != null && b != null) {
                both++;
                equal += a.equals(b) ? 1 : 0;
                first.merge(a, 1, Integer::sum);
                second.merge(b, 1, Integer::sum);
            }
        }
        double expected = 0;
        for (Map.Entry<String, Integer> share : first.entrySet()) {
            expected += (double) share.getValue() * second.getOrDefault(share.getKey(), 0) / both / both;
        }
        return both == 0 || expected >= 1 ? null : (Double) (((double) equal / both - expected) / (1 - expected));
    }

    /// Answers by item and category.
    private static final class Counts {
        private final List<Map<String, Integer>> items = new ArrayList<>();
        private final Map<String, Integer> all = new HashMap<>();
        private double answers;

        Counts(List<Map<String, String>> ratings) {
            for (Map<String, String> item : ratings) {
                Map<String, Integer> counts = new HashMap<>();
                item.values().forEach(label -> {
                    counts.merge(label, 1, Integer::sum);
                    all.merge(label, 1, Integer::sum);
                });
                answers += item.size();
                items.add(counts);
            }
        }

        private static double size(Map<String, Integer> item) {
            return item.values().stream().mapToInt(Integer::intValue).sum();
        }

        /// Ordered pairs of equal answers of an item, over n − 1.
        private static double agreeing(Map<String, Integer> item) {
            return item.values().stream().mapToDouble(n -> n * (n - 1.0)).sum() / (size(item) - 1);
        }

        double observed() {
            return items.stream()
                    .mapToDouble(item -> agreeing(item) / size(item))
                    .average()
                    .orElse(0);
        }

        @Nullable
        Double fleiss() {
            double expected = all.values().stream()
                    .mapToDouble(n -> n / answers * (n / answers))
                    .sum();
            return items.isEmpty() || expected >= 1 ? null : (Double) ((observed() - expected) / (1 - expected));
        }

        /// 1 − observed / expected disagreement, both from the coincidence matrix.
        @Nullable
        Double krippendorff() {
            double equal = items.stream().mapToDouble(Counts::agreeing).sum();
            double chance =
                    all.values().stream().mapToDouble(n -> n * (n - 1.0)).sum();
            double different = answers * (answers - 1) - chance;
            return items.isEmpty() || different <= 0
                    ? null
                    : (Double) (1 - (answers - 1) * (answers - equal) / different);
        }
    }

    /// Mean F1 of spans between two people, over the pairs who share an item: an entity agrees when its start, end
    /// and label do; 1 where neither marked any. κ does not fit spans, for there is no count of what was not
    /// marked (Hripcsak and Rothschild, 2005).
    public static @Nullable Double ofSpans(List<Map<String, Set<Span>>> items) {
        Map<String, long[]> pairs = new HashMap<>();
        for (Map<String, Set<Span>> item : items) {
            List<String> people = List.copyOf(new TreeSet<>(item.keySet()));
            for (int a = 0; a < people.size(); a++) {
                for (int b = a + 1; b < people.size(); b++) {
                    Set<Span> first = item.getOrDefault(people.get(a), Set.of());
                    Set<Span> second = item.getOrDefault(people.get(b), Set.of());
                    Set<Span> equal = new HashSet<>(first);
                    equal.retainAll(second);
                    long[] of = pairs.computeIfAbsent(people.get(a) + '\n' + people.get(b), _ -> new long[2]);
                    of[0] += 2L * equal.size();
                    of[1] += first.size() + second.size();
                }
            }
        }
        return pairs.isEmpty()
                ? null
                : (Double) pairs.values().stream()
                        .mapToDouble(of -> of[1] == 0 ? 1 : (double) of[0] / of[1])
                        .average()
                        .orElseThrow();
    }
}
