package dev.sampan.training.loop;

import dev.sampan.spec.TrainSpec.BestMetric;

/// What validation says of a model.
///
/// @param loss mean cross-entropy in nats
/// @param f1Macro mean over the labels that occur in truth or answers
public record Scores(double loss, double accuracy, double f1Macro) {
    /// Counts answers; merged in a fixed order, so that sums come out the same on any number of threads.
    public static final class Counter {
        private final long[] right;
        private final long[] truths;
        private final long[] answers;
        private double loss;
        private long rows;

        public Counter(int labels) {
            right = new long[labels];
            truths = new long[labels];
            answers = new long[labels];
        }

        /// @param logits (rows, labels)
        public void add(float[] logits, int[] labels) {
            int classes = right.length;
            for (int row = 0; row < labels.length; row++) {
                int from = row * classes;
                int best = 0;
                for (int k = 1; k < classes; k++) {
                    best = logits[from + k] > logits[from + best] ? k : best;
                }
                double sum = 0;
                for (int k = 0; k < classes; k++) {
                    sum += Math.exp(logits[from + k] - logits[from + best]);
                }
                loss += logits[from + best] + Math.log(sum) - logits[from + labels[row]];
                answers[best]++;
                truths[labels[row]]++;
                right[best] += best == labels[row] ? 1 : 0;
            }
            rows += labels.length;
        }

        public void add(Counter other) {
            for (int k = 0; k < right.length; k++) {
                right[k] += other.right[k];
                truths[k] += other.truths[k];
                answers[k] += other.answers[k];
            }
            loss += other.loss;
            rows += other.rows;
        }

        public Scores scores() {
            long hits = 0;
            double f1 = 0;
            int occurring = 0;
            for (int k = 0; k < right.length; k++) {
                hits += right[k];
                if (truths[k] + answers[k] > 0) {
                    occurring++;
                    f1 += 2.0 * right[k] / (truths[k] + answers[k]);
                }
            }
            return new Scores(loss / rows, (double) hits / rows, f1 / occurring);
        }
    }

    /// Larger is better.
    public double by(BestMetric metric) {
        return switch (metric) {
            case F1_MACRO -> f1Macro;
            case ACCURACY -> accuracy;
            case LOSS -> -loss;
        };
    }

    /// Better by the metric; of two as good by it the one with the smaller loss.
    public boolean betterThan(Scores other, BestMetric metric) {
        int compared = Double.compare(by(metric), other.by(metric));
        return compared > 0 || compared == 0 && loss < other.loss;
    }
}
