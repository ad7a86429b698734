package dev.sampan.evaluation;

import dev.sampan.evaluation.Report.Figure;
import dev.sampan.evaluation.Report.Threshold;
import java.util.Arrays;

/// The threshold above which a positive answer pays, under a price for each kind of mistake. It is chosen on
/// rows that the report is not made of, and judged on those that it is; chosen and judged on the same rows it
/// would look better than it is.
///
/// @param falsePositive price of answering yes to a no, ≥ 0
/// @param falseNegative price of answering no to a yes, ≥ 0
record Costs(double falsePositive, double falseNegative) {

    /// The cheapest threshold: yes where the score is at least that. Between two neighbouring scores every
    /// threshold costs the same, and the middle is taken; of equally cheap ones the nearest to the threshold
    /// that would be right for calibrated scores, fp / (fp + fn) (Elkan, "The foundations of cost-sensitive
    /// learning", 2001).
    ///
    /// @param scores of the positive class, 0 to 1
    double threshold(double[] scores, boolean[] truth) {
        Integer[] order = new Integer[scores.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Double.compare(scores[a], scores[b]));
        double ideal = calibrated();
        double cost = 0;
        for (boolean yes : truth) {
            cost += yes ? 0 : falsePositive; // all are answered yes
        }
        double cheapest = cost;
        double best = scores.length == 0 ? ideal : Math.min(scores[order[0]], ideal);
        for (int i = 0; i < order.length; i++) {
            cost += truth[order[i]] ? falseNegative : -falsePositive;
            double from = scores[order[i]];
            double to = i + 1 < order.length ? scores[order[i + 1]] : 1;
            if (i + 1 < order.length && from == to) {
                continue;
            }
            // above every score nothing is answered yes
            double middle = i + 1 < order.length ? (from + to) / 2 : Math.nextUp(from);
            boolean nearer = Math.abs(middle - ideal) < Math.abs(best - ideal);
            if (cost < cheapest - 1e-12 || cost < cheapest + 1e-12 && nearer) {
                cheapest = Math.min(cost, cheapest);
                best = middle;
            }
        }
        return best;
    }

    double calibrated() {
        return falsePositive + falseNegative == 0 ? 0.5 : falsePositive / (falsePositive + falseNegative);
    }

    /// What the threshold costs a row on other rows, beside answering always no, always yes, and yes from 0.5
    /// on.
    Threshold judge(double threshold, String positive, double[] scores, boolean[] truth, Intervals intervals) {
        return new Threshold(
                positive,
                falsePositive,
                falseNegative,
                threshold,
                cost(threshold, scores, truth, intervals),
                cost(0.5, scores, truth, intervals),
                cost(Double.POSITIVE_INFINITY, scores, truth, intervals),
                cost(Double.NEGATIVE_INFINITY, scores, truth, intervals));
    }

    private Figure cost(double threshold, double[] scores, boolean[] truth, Intervals intervals) {
        Mean mean = new Mean();
        for (int i = 0; i < scores.length; i++) {
            boolean yes = scores[i] >= threshold;
            mean.add(yes == truth[i] ? 0 : yes ? falsePositive : falseNegative);
        }
        return mean.figure(intervals);
    }
}
