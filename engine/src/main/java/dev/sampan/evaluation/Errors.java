package dev.sampan.evaluation;

import dev.sampan.evaluation.Report.Figure;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;

/// Answers that are numbers beside the true ones. Definitions are scikit-learn's; every interval is the delta
/// method on the rows' influences (see [Intervals]).
///
/// With e = truth − answer: MAE is the mean of |e|, MSE of e², RMSE √MSE with influence (e² − MSE)/(2 RMSE);
/// MAPE the mean of |e|/|truth|; R² = 1 − MSE/Var(truth); the pinball loss of quantile q the mean of max(q·e,
/// (q−1)·e).
record Errors(double[] truth, double[] answer) {
    Errors {
        if (truth.length != answer.length) {
            throw new IllegalArgumentException(truth.length + " truths for " + answer.length + " answers");
        }
    }

    /// Answers that are one number, for the same truth.
    Errors always(double value) {
        double[] constant = new double[truth.length];
        Arrays.fill(constant, value);
        return new Errors(truth, constant);
    }

    /// The rows with these numbers.
    Errors subset(int[] rows) {
        return new Errors(
                Arrays.stream(rows).mapToDouble(row -> truth[row]).toArray(),
                Arrays.stream(rows).mapToDouble(row -> answer[row]).toArray());
    }

    /// `mae`, `rmse`, `pinball` (median, half the MAE), `r2` where the truth varies, `mape` where no truth is
    /// 0: a percentage of nothing is not a figure.
    Map<String, Figure> metrics(Intervals intervals) {
        Map<String, Figure> metrics = new TreeMap<>();
        metrics.put("mae", mean(intervals, Math::abs));
        metrics.put("rmse", rmse(intervals));
        metrics.put("pinball", pinball(0.5, intervals));
        if (Arrays.stream(truth).allMatch(of -> of != 0)) {
            metrics.put("mape", mape(intervals));
        }
        if (variance() > 0) {
            metrics.put("r2", rSquared(intervals));
        }
        return metrics;
    }

    Figure pinball(double quantile, Intervals intervals) {
        return mean(intervals, e -> Math.max(quantile * e, (quantile - 1) * e));
    }

    private Figure mape(Intervals intervals) {
        Mean mean = new Mean();
        for (int i = 0; i < truth.length; i++) {
            mean.add(Math.abs((truth[i] - answer[i]) / truth[i]));
        }
        return mean.figure(intervals);
    }

    private Figure rmse(Intervals intervals) {
        Mean squares = squares();
        double value = Math.sqrt(squares.value());
        double variance = value == 0 ? 0 : squares.variance() / (4 * squares.value());
        return intervals.mean(value, variance, truth.length);
    }

    /// Influence of a row: −(e² − MSE)/V + MSE·((y − ȳ)² − V)/V², with V the variance of the truth.
    private Figure rSquared(Intervals intervals) {
        double error = squares().value();
        double variance = variance();
        double mean = mean();
        Mean influence = new Mean();
        for (int i = 0; i < truth.length; i++) {
            double e = truth[i] - answer[i];
            double away = truth[i] - mean;
            influence.add(-e * e / variance + error * away * away / variance / variance);
        }
        return intervals.real(1 - error / variance, influence.variance(), truth.length);
    }

    private Mean squares() {
        Mean squares = new Mean();
        for (int i = 0; i < truth.length; i++) {
            double e = truth[i] - answer[i];
            squares.add(e * e);
        }
        return squares;
    }

    private double mean() {
        Mean mean = new Mean();
        for (double of : truth) {
            mean.add(of);
        }
        return mean.value();
    }

    private double variance() {
        Mean mean = new Mean();
        for (double of : truth) {
            mean.add(of);
        }
        return mean.spread();
    }

    private Figure mean(Intervals intervals, DoubleUnaryOperator loss) {
        Mean mean = new Mean();
        for (int i = 0; i < truth.length; i++) {
            mean.add(loss.applyAsDouble(truth[i] - answer[i]));
        }
        return mean.figure(intervals);
    }
}
