package dev.sampan.evaluation;

import dev.sampan.evaluation.Report.Bin;
import dev.sampan.evaluation.Report.Figure;
import java.util.ArrayList;
import java.util.List;

/// The metrics that need each row's scores, but no order of the rows.
final class Probabilities {
    private static final int BINS = 10;
    /// The machine epsilon of a double, where scikit-learn clips too: a certain wrong answer costs 36, not
    /// infinity.
    private static final double EPSILON = Math.ulp(1.0);

    private final Answers answers;
    private final Intervals intervals;

    Probabilities(Answers answers, Intervals intervals) {
        this.answers = answers;
        this.intervals = intervals;
    }

    Figure logLoss() {
        Mean loss = new Mean();
        for (int i = 0; i < answers.rows(); i++) {
            double score = answers.score(i, answers.truth(i));
            loss.add(-Math.log(Math.clamp(score, EPSILON, 1 - EPSILON)));
        }
        return loss.figure(intervals);
    }

    /// Brier ("Verification of forecasts expressed in terms of probability", 1950): squared distance of the
    /// scores from the truth, of two classes the positive one's alone (0 to 1), of more their sum (0 to 2).
    Figure brier() {
        Mean distance = new Mean();
        int from = answers.classes() == 2 ? 1 : 0;
        for (int i = 0; i < answers.rows(); i++) {
            double sum = 0;
            for (int c = from; c < answers.classes(); c++) {
                double off = answers.score(i, c) - (answers.truth(i) == c ? 1 : 0);
                sum += off * off;
            }
            distance.add(sum);
        }
        return distance.figure(intervals);
    }

    /// Share of rows whose truth is among the k highest scores. Of equal scores the later classes come first,
    /// as in scikit-learn.
    Figure topK(int k) {
        Mean found = new Mean();
        for (int i = 0; i < answers.rows(); i++) {
            int truth = answers.truth(i);
            float own = answers.score(i, truth);
            int before = 0;
            for (int c = 0; c < answers.classes(); c++) {
                float other = answers.score(i, c);
                before += other > own || other == own && c > truth ? 1 : 0;
            }
            found.add(before < k ? 1 : 0);
        }
        return found.share(intervals);
    }

    /// Expected calibration error (Naeini et al., "Obtaining well calibrated probabilities using Bayesian
    /// binning", 2015) over the bins of [#bins]: Σ |Σ (score − right)| / rows. A row's influence is its own
    /// (score − right) with its bin's sign.
    Figure calibrationError() {
        double[] gap = new double[BINS];
        for (int i = 0; i < answers.rows(); i++) {
            gap[bin(i)] += gap(i);
        }
        Mean error = new Mean();
        for (int i = 0; i < answers.rows(); i++) {
            error.add(Math.signum(gap[bin(i)]) * gap(i));
        }
        return error.share(intervals);
    }

    /// Ten bins of the answers' confidence with their accuracy.
    List<Bin> bins() {
        long[] count = new long[BINS];
        long[] right = new long[BINS];
        double[] score = new double[BINS];
        for (int i = 0; i < answers.rows(); i++) {
            int bin = bin(i);
            count[bin]++;
            right[bin] += answers.truth(i) == answers.answer(i) ? 1 : 0;
            score[bin] += answers.score(i, answers.answer(i));
        }
        List<Bin> bins = new ArrayList<>();
        for (int b = 0; b < BINS; b++) {
            double n = Math.max(1, count[b]);
            bins.add(new Bin(b / (double) BINS, (b + 1) / (double) BINS, count[b], score[b] / n, right[b] / n));
        }
        return bins;
    }

    private int bin(int row) {
        return Math.clamp((int) (answers.score(row, answers.answer(row)) * BINS), 0, BINS - 1);
    }

    private double gap(int row) {
        return answers.score(row, answers.answer(row)) - (answers.truth(row) == answers.answer(row) ? 1 : 0);
    }
}
