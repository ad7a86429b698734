package dev.sampan.evaluation;

import dev.sampan.evaluation.Report.Figure;

/// The metrics that need the confusion matrix alone, with scikit-learn's definitions (`zero_division=0`; a
/// macro mean runs over the classes that are the truth or the answer of some row).
///
/// With S, A, T the shares of rows whose truth is c, whose answer is c, and both: precision T/A, recall T/S,
/// F1 2T/(S+A). The influence of a row on each of them is the derivative towards that row, so it depends on the
/// row's cell (truth, answer) only, and only the classes of that cell are touched.
final class Counts {
    private final long[][] confusion;
    private final Intervals intervals;
    private final int classes;
    private final long rows;
    private final long[] support;
    private final long[] answered;
    private final double macroWeight;

    Counts(long[][] confusion, Intervals intervals) {
        this.confusion = confusion;
        this.intervals = intervals;
        this.classes = confusion.length;
        this.support = new long[classes];
        this.answered = new long[classes];
        long all = 0;
        for (int t = 0; t < classes; t++) {
            for (int a = 0; a < classes; a++) {
                support[t] += confusion[t][a];
                answered[a] += confusion[t][a];
                all += confusion[t][a];
            }
        }
        this.rows = all;
        int seen = 0;
        for (int c = 0; c < classes; c++) {
            seen += support[c] + answered[c] > 0 ? 1 : 0;
        }
        this.macroWeight = 1.0 / Math.max(1, seen);
    }

    long support(int c) {
        return support[c];
    }

    Figure accuracy() {
        long right = 0;
        for (int c = 0; c < classes; c++) {
            right += confusion[c][c];
        }
        double value = (double) right / rows;
        return intervals.share(value, value * (1 - value) / rows, rows);
    }

    Figure precision(int c) {
        return proportion(confusion[c][c], answered[c]);
    }

    Figure recall(int c) {
        return proportion(confusion[c][c], support[c]);
    }

    Figure f1(int c) {
        long n = support[c] + answered[c] - confusion[c][c];
        double variance = variance((t, a) -> t == c || a == c ? f1Influence(c, t, a) : 0);
        return intervals.share(f1Value(c), variance, n);
    }

    Figure precisionMacro() {
        return macro(this::precisionValue, this::precisionInfluence);
    }

    Figure recallMacro() {
        return macro(this::recallValue, this::recallInfluence);
    }

    Figure f1Macro() {
        return macro(this::f1Value, this::f1Influence);
    }

    /// Σ S_c·F1_c. A row moves the weights too: its own class gains, all others lose.
    Figure f1Weighted() {
        double sum = 0;
        for (int c = 0; c < classes; c++) {
            sum += support[c] * f1Value(c);
        }
        double value = sum / rows;
        double variance = variance((t, a) -> {
            double influence = f1Value(t) - value + (double) support[t] / rows * f1Influence(t, t, a);
            return t == a ? influence : influence + (double) support[a] / rows * f1Influence(a, t, a);
        });
        return intervals.share(value, variance, rows);
    }

    /// Mean recall of the classes that have rows. Classes that were only answered, which [#recallMacro] counts
    /// as 0, are left out, as scikit-learn does.
    Figure balancedAccuracy() {
        double sum = 0;
        int present = 0;
        for (int c = 0; c < classes; c++) {
            sum += recallValue(c);
            present += support[c] > 0 ? 1 : 0;
        }
        double weight = 1.0 / Math.max(1, present);
        return intervals.share(sum * weight, variance((t, a) -> weight * recallInfluence(t, t, a)), rows);
    }

    /// Matthews' correlation of truth and answer, for many classes as Gorodkin ("Comparing two K-category
    /// assignments by a K-category correlation coefficient", 2004). With shares s of truths, p of answers, c of
    /// right answers: (c − Σ s·p) / √((1 − Σ s²)(1 − Σ p²)); 0 where one class alone is true or answered.
    Figure matthews() {
        double right = 0;
        double both = 0;
        double truths = 1;
        double answers = 1;
        for (int c = 0; c < classes; c++) {
            double s = (double) support[c] / rows;
            double p = (double) answered[c] / rows;
            right += (double) confusion[c][c] / rows;
            both += s * p;
            truths -= s * s;
            answers -= p * p;
        }
        if (truths <= 0 || answers <= 0) {
            return new Figure(0, -1, 1, rows);
        }
        double norm = Math.sqrt(truths * answers);
        double value = (right - both) / norm;
        double agreement = right - 2 * both;
        double ofTruths = truths;
        double ofAnswers = answers;
        double variance = variance((t, a) -> {
            double top = (t == a ? 1 : 0) - agreement - (double) support[a] / rows - (double) answered[t] / rows;
            double below = ((double) support[t] / rows - 1 + ofTruths) / ofTruths
                    + ((double) answered[a] / rows - 1 + ofAnswers) / ofAnswers;
            return top / norm + value * below;
        });
        return intervals.correlation(value, variance, rows);
    }

    private Figure proportion(long hits, long of) {
        double value = of == 0 ? 0 : (double) hits / of;
        return intervals.share(value, of == 0 ? 0 : value * (1 - value) / of, of);
    }

    private Figure macro(ClassValue value, ClassInfluence influence) {
        double sum = 0;
        for (int c = 0; c < classes; c++) {
            sum += value.of(c);
        }
        double variance = variance((t, a) -> {
            double own = influence.of(t, t, a);
            return macroWeight * (t == a ? own : own + influence.of(a, t, a));
        });
        return intervals.share(sum * macroWeight, variance, rows);
    }

    private double variance(CellInfluence influence) {
        double sum = 0;
        for (int t = 0; t < classes; t++) {
            for (int a = 0; a < classes; a++) {
                if (confusion[t][a] > 0) {
                    double of = influence.of(t, a);
                    sum += confusion[t][a] * of * of;
                }
            }
        }
        return sum / rows / rows;
    }

    private double precisionValue(int c) {
        return answered[c] == 0 ? 0 : (double) confusion[c][c] / answered[c];
    }

    private double recallValue(int c) {
        return support[c] == 0 ? 0 : (double) confusion[c][c] / support[c];
    }

    private double f1Value(int c) {
        long both = support[c] + answered[c];
        return both == 0 ? 0 : 2.0 * confusion[c][c] / both;
    }

    private double precisionInfluence(int c, int t, int a) {
        return a != c ? 0 : ((t == c ? 1 : 0) - precisionValue(c)) * rows / answered[c];
    }

    private double recallInfluence(int c, int t, int a) {
        return t != c ? 0 : ((a == c ? 1 : 0) - recallValue(c)) * rows / support[c];
    }

    private double f1Influence(int c, int t, int a) {
        int touched = (t == c ? 1 : 0) + (a == c ? 1 : 0);
        return ((touched == 2 ? 2 : 0) - f1Value(c) * touched) * rows / (support[c] + answered[c]);
    }

    private interface ClassValue {
        double of(int c);
    }

    /// Of a row in cell (t, a) on the metric of class c.
    private interface ClassInfluence {
        double of(int c, int t, int a);
    }

    private interface CellInfluence {
        double of(int t, int a);
    }
}
