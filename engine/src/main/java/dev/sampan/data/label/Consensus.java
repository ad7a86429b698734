package dev.sampan.data.label;

import dev.sampan.data.Spans.Span;
import dev.sampan.data.label.Labelled.Annotation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One answer of several people's: the category that most of them chose, none where two are chosen equally often;
/// the spans that more than half of them marked.
public final class Consensus {
    private Consensus() {}

    /// The category with the most votes; null when nobody chose one or the vote is a tie.
    public static @Nullable String choice(Labelled task) {
        Map<String, Integer> votes = new TreeMap<>();
        task.annotations()
                .forEach(annotation ->
                        new HashSet<>(annotation.choices()).forEach(choice -> votes.merge(choice, 1, Integer::sum)));
        String best = null;
        int most = 0;
        boolean tie = false;
        for (Map.Entry<String, Integer> vote : votes.entrySet()) {
            tie = vote.getValue() == most || vote.getValue() < most && tie;
            if (vote.getValue() > most) {
                best = vote.getKey();
                most = vote.getValue();
                tie = false;
            }
        }
        return tie ? null : best;
    }

    /// Spans marked by more than half of the people, in reading order.
    public static List<Span> spans(Labelled task) {
        Map<Span, Integer> votes = new java.util.HashMap<>();
        for (Annotation annotation : task.annotations()) {
            new HashSet<>(annotation.spans()).forEach(span -> votes.merge(span, 1, Integer::sum));
        }
        List<Span> spans = new ArrayList<>();
        votes.forEach((span, count) -> {
            if (2 * count > task.annotations().size()) {
                spans.add(span);
            }
        });
        spans.sort(
                Comparator.comparingInt(Span::start).thenComparingInt(Span::end).thenComparing(Span::label));
        return spans;
    }
}
