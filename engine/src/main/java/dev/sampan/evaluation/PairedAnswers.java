package dev.sampan.evaluation;

import dev.sampan.evaluation.Comparison.Difference;
import dev.sampan.evaluation.Comparison.Test;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Two models' answers to the same rows of categories, classes in the same order.
///
/// Every metric is a function of how often each row is drawn, so that a draw of the bootstrap costs one pass over
/// the rows and sorts nothing.
record PairedAnswers(Answers first, Answers second, double confidence, long seed) {
    private static final double EPSILON = Math.ulp(1.0);

    Comparison compare() {
        Map<String, Difference> differences = new HashMap<>();
        Difference accuracy = bootstrap(accuracy(first), accuracy(second));
        differences.put(
                "accuracy",
                new Difference(
                        accuracy.first(),
                        accuracy.second(),
                        accuracy.low(),
                        accuracy.high(),
                        Significance.mcNemarMidP(onlyRight(first, second), onlyRight(second, first)),
                        Test.MCNEMAR_MID_P));
        differences.put("f1_macro", bootstrap(f1Macro(first), f1Macro(second)));
        differences.put("log_loss", bootstrap(Significance.mean(logLoss(first)), Significance.mean(logLoss(second))));
        if (first.classes() == 2 && bothClasses()) {
            differences.put("roc_auc", bootstrap(auc(first), auc(second)));
        }
        return new Comparison(first.rows(), confidence, differences);
    }

    private boolean bothClasses() {
        long positives = IntStream.range(0, first.rows())
                .filter(row -> first.truth(row) == 1)
                .count();
        return positives > 0 && positives < first.rows();
    }

    private static long onlyRight(Answers one, Answers other) {
        return IntStream.range(0, one.rows())
                .filter(row -> one.truth(row) == one.answer(row) && other.truth(row) != other.answer(row))
                .count();
    }

    private Difference bootstrap(Significance.Metric one, Significance.Metric other) {
        return Significance.difference(first.rows(), confidence, seed, one, other);
    }

    private static Significance.Metric accuracy(Answers answers) {
        return Significance.mean(IntStream.range(0, answers.rows())
                .mapToDouble(row -> answers.truth(row) == answers.answer(row) ? 1 : 0)
                .toArray());
    }

    private static double[] logLoss(Answers answers) {
        return IntStream.range(0, answers.rows())
                .mapToDouble(row -> -Math.log(Math.clamp(answers.score(row, answers.truth(row)), EPSILON, 1 - EPSILON)))
                .toArray();
    }

    private static Significance.Metric f1Macro(Answers answers) {
        return times -> {
            long[] both = new long[answers.classes()];
            long[] either = new long[answers.classes()];
            for (int row = 0; row < times.length; row++) {
                int truth = answers.truth(row);
                int answer = answers.answer(row);
                both[truth] += truth == answer ? times[row] : 0;
                either[truth] += times[row];
                either[answer] += times[row];
            }
            double sum = 0;
            int seen = 0;
            for (int c = 0; c < both.length; c++) {
                sum += either[c] == 0 ? 0 : 2.0 * both[c] / either[c];
                seen += either[c] > 0 ? 1 : 0;
            }
            return sum / Math.max(1, seen);
        };
    }

    /// Of the second class; 1/2 where a draw holds one class alone.
    private static Significance.Metric auc(Answers answers) {
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, answers.rows()).boxed().toList());
        order.sort(Comparator.comparingDouble(row -> answers.score(row, 1)));
        return times -> {
            long below = 0;
            long positives = 0;
            double doubled = 0;
            for (int from = 0, to; from < order.size(); from = to) {
                long hits = 0;
                long misses = 0;
                float score = answers.score(order.get(from), 1);
                for (to = from; to < order.size() && answers.score(order.get(to), 1) == score; to++) {
                    int row = order.get(to);
                    hits += answers.truth(row) == 1 ? times[row] : 0;
                    misses += answers.truth(row) == 1 ? 0 : times[row];
                }
                doubled += (double) hits * (2 * below + misses);
                below += misses;
                positives += hits;
            }
            return positives == 0 || below == 0 ? 0.5 : doubled / 2 / positives / below;
        };
    }
}
