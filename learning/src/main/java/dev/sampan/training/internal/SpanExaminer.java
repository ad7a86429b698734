package dev.sampan.training.internal;

import dev.sampan.compute.Pass;
import dev.sampan.compute.Tensors;
import dev.sampan.data.NamedTensors.Longs;
import dev.sampan.data.TagPath;
import dev.sampan.data.Target;
import dev.sampan.network.Objective;
import dev.sampan.network.objectives.Crf;
import dev.sampan.training.loop.Batch;
import dev.sampan.training.loop.Examiner;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;

/// Of taggers: the loss, and of whole spans (same place and kind) `f1_micro` over all and `f1_macro`, the mean over the
/// kinds that occur in truth or answers.
///
/// @param tags in the order of the outputs
/// @param crf whether the network has transitions
record SpanExaminer(List<String> tags, boolean crf, Objective objective) implements Examiner {
    /// A span of one text.
    ///
    /// @param kind number of its `B-` tag
    private record Stretch(int kind, int from, int to) {}

    @Override
    public Tally begin() {
        return new Counted(this);
    }

    private static final class Counted implements Tally {
        private final SpanExaminer examiner;
        private final long[] right;
        private final long[] truths;
        private final long[] answers;
        private double loss;
        private double weight;

        Counted(SpanExaminer examiner) {
            this.examiner = examiner;
            int tags = examiner.tags.size();
            right = new long[tags];
            truths = new long[tags];
            answers = new long[tags];
        }

        @Override
        public void add(Pass pass, Tensor outputs, Batch batch) {
            Tensor targets = Batch.tensor(batch.targets());
            loss += examiner.objective.loss(pass, outputs, targets).item_double();
            weight += examiner.objective.weight(targets);
            float[] between = examiner.crf ? Tensors.floats(pass.weight(Crf.TRANSITIONS)) : new float[0];
            TagPath paths = new TagPath(new Target.Tags(examiner.tags, between));
            float[] scores = Tensors.floats(outputs);
            long[] truth = ((Longs) batch.targets()).values();
            int rows = batch.rows();
            int time = truth.length / rows;
            for (int row = 0; row < rows; row++) {
                int length = 0;
                while (length < time && truth[row * time + length] >= 0) {
                    length++;
                }
                int[] gold = new int[length];
                float[][] own = new float[length][examiner.tags.size()];
                for (int t = 0; t < length; t++) {
                    gold[t] = (int) truth[row * time + t];
                    System.arraycopy(scores, (row * time + t) * own[t].length, own[t], 0, own[t].length);
                }
                count(stretches(gold), stretches(paths.best(own)));
            }
        }

        private void count(List<Stretch> truth, List<Stretch> answered) {
            Set<Stretch> known = new HashSet<>(truth);
            truth.forEach(stretch -> truths[stretch.kind()]++);
            for (Stretch stretch : answered) {
                answers[stretch.kind()]++;
                right[stretch.kind()] += known.contains(stretch) ? 1 : 0;
            }
        }

        private List<Stretch> stretches(int[] path) {
            List<Stretch> found = new ArrayList<>();
            int t = 0;
            while (t < path.length) {
                int from = t++;
                if (!examiner.tags.get(path[from]).startsWith("B-")) {
                    continue;
                }
                while (t < path.length && path[t] == path[from] + 1) { // I-x stands behind B-x in the list
                    t++;
                }
                found.add(new Stretch(path[from], from, t));
            }
            return found;
        }

        @Override
        public void add(Tally other) {
            Counted that = (Counted) other;
            for (int k = 0; k < right.length; k++) {
                right[k] += that.right[k];
                truths[k] += that.truths[k];
                answers[k] += that.answers[k];
            }
            loss += that.loss;
            weight += that.weight;
        }

        @Override
        public Map<String, Double> figures() {
            double sum = 0;
            int occurring = 0;
            long hits = 0;
            long all = 0;
            for (int k = 0; k < right.length; k++) {
                if (truths[k] + answers[k] > 0) {
                    occurring++;
                    sum += 2.0 * right[k] / (truths[k] + answers[k]);
                }
                hits += right[k];
                all += truths[k] + answers[k];
            }
            Map<String, Double> figures = new LinkedHashMap<>();
            figures.put("loss", loss / Math.max(1, weight));
            figures.put("f1_macro", occurring == 0 ? 0 : sum / occurring);
            figures.put("f1_micro", all == 0 ? 0 : 2.0 * hits / all);
            return figures;
        }
    }
}
