package dev.sampan.evaluation;

import dev.sampan.evaluation.Report.Residuals;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.runtime.Prediction;
import dev.sampan.runtime.Runtime;
import dev.sampan.spec.EvaluateSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/// Judges answers that are numbers, against always answering the training rows' mean.
final class NumberJudge {
    private static final int SHOWN = 500;
    private static final double[] QUANTILES = {0, 0.05, 0.25, 0.5, 0.75, 0.95, 1};

    private NumberJudge() {}

    static Report judge(Runtime runtime, Questions questions, String labelColumn, double mean, EvaluateSpec spec) {
        int label = questions.column(labelColumn);
        DoubleStream.Builder truths = DoubleStream.builder();
        DoubleStream.Builder answers = DoubleStream.builder();
        Slices slices = new Slices(
                spec.slices(), spec.slices().stream().map(questions::column).toList());
        questions.ask(runtime, (row, _, answer) -> {
            slices.add(row);
            truths.add(Questions.number(row, label, "The true value"));
            answers.add(value(answer));
        });
        Errors errors = new Errors(truths.build().toArray(), answers.build().toArray());
        Intervals intervals = new Intervals(spec.confidence());
        Report report =
                report(errors, errors.metrics(intervals), errors.always(mean).metrics(intervals), spec);
        return spec.slices().isEmpty()
                ? report
                : report.withSlices(slices.judge(rows -> errors.subset(rows).metrics(intervals), "mae", true));
    }

    private static double value(Prediction answer) {
        if (answer instanceof Prediction.Quantity(double value, List<Prediction.Share> _)) {
            return value;
        }
        throw new ProblemException(Problem.of("evaluate.other_kind", "The model answered no number but " + answer));
    }

    private static Report report(
            Errors errors, Map<String, Report.Figure> metrics, Map<String, Report.Figure> baseline, EvaluateSpec spec) {
        return new Report(
                errors.truth().length,
                spec.confidence(),
                List.of(),
                metrics,
                baseline,
                List.of(),
                new long[0][],
                List.of(),
                List.of(),
                Report.Kind.REGRESSION,
                Report.Naive.MEAN,
                List.of(),
                null,
                List.of(),
                residuals(errors));
    }

    private static Residuals residuals(Errors errors) {
        int rows = errors.truth().length;
        int shown = Math.min(SHOWN, rows);
        double[] truth = new double[shown];
        double[] answer = new double[shown];
        for (int i = 0; i < shown; i++) {
            int row = (int) ((long) i * rows / shown);
            truth[i] = errors.truth()[row];
            answer[i] = errors.answer()[row];
        }
        double[] off = new double[rows];
        Arrays.setAll(off, i -> errors.truth()[i] - errors.answer()[i]);
        Arrays.sort(off);
        double[] quantiles = Arrays.stream(QUANTILES)
                .map(share -> off[(int) Math.round(share * (rows - 1))])
                .toArray();
        return new Residuals(truth, answer, quantiles);
    }
}
