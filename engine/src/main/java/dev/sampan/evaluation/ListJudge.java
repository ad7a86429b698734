package dev.sampan.evaluation;

import dev.sampan.data.InteractionFeatures;
import dev.sampan.data.Row;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.runtime.Prediction;
import dev.sampan.runtime.Runtime;
import dev.sampan.spec.EvaluateSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Judges lists of things by what each user took beyond the training rows, against what is popular. Each row names one
/// user and one thing.
final class ListJudge {
    private static final int BATCH = 64;

    private ListJudge() {}

    static Report judge(Runtime runtime, Questions questions, InteractionFeatures features, EvaluateSpec spec) {
        Map<String, Set<String>> taken = taken(questions, features);
        int length = Math.min(spec.listLength(), features.target().top());
        ListScores scores = new ListScores(length);
        ListScores popular = new ListScores(length);
        List<String> popularity = features.popular();
        List<String> users = new ArrayList<>(taken.keySet());
        for (int from = 0; from < users.size(); from += BATCH) {
            List<String> some = users.subList(from, Math.min(users.size(), from + BATCH));
            List<Prediction> answers = runtime.predict(
                    some.stream().map(user -> Map.of(features.user(), user)).toList());
            for (int i = 0; i < some.size(); i++) {
                Set<String> things = taken.getOrDefault(some.get(i), Set.of());
                Set<String> history = features.historyOf(some.get(i));
                scores.add(list(answers.get(i)), things);
                popular.add(
                        popularity.stream()
                                .filter(thing -> !history.contains(thing))
                                .limit(length)
                                .toList(),
                        things);
            }
            questions.tell(from + some.size());
        }
        Intervals intervals = new Intervals(spec.confidence());
        int items = features.target().items().size();
        return report(scores, scores.metrics(items, intervals), popular.metrics(items, intervals), spec);
    }

    /// What was had before cannot be offered again, so it is not asked for.
    private static Map<String, Set<String>> taken(Questions questions, InteractionFeatures features) {
        int user = questions.column(features.user());
        int item = questions.column(features.item());
        Map<String, Set<String>> taken = new LinkedHashMap<>();
        for (Row row = questions.next(); row != null; row = questions.next()) {
            taken.computeIfAbsent(row.values().get(user), _ -> new HashSet<>())
                    .add(row.values().get(item));
        }
        taken.forEach((name, things) -> things.removeAll(features.historyOf(name)));
        taken.values().removeIf(Set::isEmpty);
        Questions.refuseNone(taken.size());
        return taken;
    }

    private static Report report(
            ListScores scores,
            Map<String, Report.Figure> metrics,
            Map<String, Report.Figure> baseline,
            EvaluateSpec spec) {
        return new Report(
                scores.users(),
                spec.confidence(),
                List.of(),
                metrics,
                baseline,
                List.of(),
                new long[0][],
                List.of(),
                List.of(),
                Report.Kind.RANKING,
                Report.Naive.MOST_POPULAR,
                List.of(),
                null,
                List.of(),
                null);
    }

    private static List<String> list(Prediction answer) {
        if (answer instanceof Prediction.Ranking(List<Prediction.Item> items)) {
            return items.stream().map(Prediction.Item::item).toList();
        }
        throw new ProblemException(Problem.of("evaluate.other_kind", "The model answered no list but " + answer));
    }
}
