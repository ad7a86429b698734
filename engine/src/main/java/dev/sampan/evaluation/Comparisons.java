package dev.sampan.evaluation;

import dev.sampan.data.RowReader;
import dev.sampan.evaluation.Report.Threshold;
import dev.sampan.kernel.Nearest;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Progress;
import dev.sampan.runtime.Runtime;
import dev.sampan.spec.EvaluateSpec;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/// What is said of two sets of answers: two models on the same rows, or one model on the rows that choose a
/// threshold and on those that judge it.
public final class Comparisons {
    private Comparisons() {}

    /// Two models on the same rows: `accuracy`, `f1_macro`, `log_loss` and `roc_auc` (of two classes) where they
    /// answer categories, `mae` and `rmse` where numbers, `entity_f1` where spans.
    ///
    /// @param one asked over `rows`, which are read to their end
    /// @param again the same rows for the other
    /// @throws ProblemException `evaluate.other_labels` when they answer different categories,
    ///     `evaluate.not_compared` for other kinds of answers, and whatever [Evaluator#evaluate] refuses
    public static Comparison compare(
            Runtime one, RowReader rows, Runtime other, RowReader again, String labelColumn, Settings settings) {
        if (one.labels().isEmpty() && other.labels().isEmpty()) {
            PairedOthers first = PairedOthers.ask(one, new Questions(rows, settings.progress()), labelColumn);
            PairedOthers second = PairedOthers.ask(other, new Questions(again, settings.progress()), labelColumn);
            return first.compare(second, settings);
        }
        if (!new TreeSet<>(one.labels()).equals(new TreeSet<>(other.labels()))) {
            throw new ProblemException(Problem.of(
                            "evaluate.other_labels",
                            "Only models that answer the same categories are compared, but one answers "
                                    + few(one.labels()) + " and the other " + few(other.labels()))
                    .remedy("Evaluate each on its own"));
        }
        Answers first = Evaluator.answers(one, rows, labelColumn, settings.progress());
        Answers second = Evaluator.answers(other, again, labelColumn, settings.progress())
                .inOrder(other.labels(), one.labels());
        return new PairedAnswers(first, second, settings.confidence(), settings.seed()).compare();
    }

    /// @param confidence level of the intervals, 0.5 to 0.999
    /// @param seed of the bootstrap
    public record Settings(double confidence, long seed, Progress progress) {}

    /// The threshold that costs least on the rows to choose by, and what it costs on the rows to judge by.
    ///
    /// @param choosing rows that the report is not made of
    /// @throws ProblemException `evaluate.costs_need_two` when the model does not answer one of two categories
    public static Threshold threshold(
            Runtime runtime,
            RowReader choosing,
            RowReader judging,
            String labelColumn,
            EvaluateSpec spec,
            Progress progress) {
        EvaluateSpec.Costs asked = spec.costs();
        List<String> labels = runtime.labels();
        if (asked == null || labels.size() != 2) {
            throw new ProblemException(Problem.of(
                            "evaluate.costs_need_two",
                            "A threshold is chosen between two categories, but the model has " + labels.size())
                    .at("evaluate.costs"));
        }
        int positive = positive(asked.positive(), labels);
        Costs costs = new Costs(asked.falsePositive(), asked.falseNegative());
        Answers choice = Evaluator.answers(runtime, choosing, labelColumn, progress);
        double threshold = costs.threshold(scores(choice, positive), truth(choice, positive));
        Answers judged = Evaluator.answers(runtime, judging, labelColumn, progress);
        return costs.judge(
                threshold,
                labels.get(positive),
                scores(judged, positive),
                truth(judged, positive),
                new Intervals(spec.confidence()));
    }

    private static int positive(@org.jspecify.annotations.Nullable String name, List<String> labels) {
        int index = name == null ? 1 : labels.indexOf(name);
        if (index < 0) {
            throw new ProblemException(Nearest.remedy(
                    Problem.of("evaluate.unknown_label", "The model does not know the label '" + name + "'")
                            .at("evaluate.costs.positive"),
                    String.valueOf(name),
                    labels));
        }
        return index;
    }

    private static double[] scores(Answers answers, int positive) {
        return IntStream.range(0, answers.rows())
                .mapToDouble(row -> answers.score(row, positive))
                .toArray();
    }

    private static boolean[] truth(Answers answers, int positive) {
        boolean[] truth = new boolean[answers.rows()];
        for (int row = 0; row < truth.length; row++) {
            truth[row] = answers.truth(row) == positive;
        }
        return truth;
    }

    private static String few(List<String> labels) {
        return labels.size() <= 4 ? labels.toString() : labels.subList(0, 4) + " and " + (labels.size() - 4) + " more";
    }
}
