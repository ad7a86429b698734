package dev.sampan.training.internal;

import dev.sampan.network.BiLstmClassifier;
import dev.sampan.network.Learner;
import dev.sampan.network.Sequences;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// The learners of a run. A batch is cut into parts of at most [#PART_ROWS] rows, each with its own learner, and the
/// parts' gradients are added in their order.
final class Crew {
    /// Fewer rows would leave the vector units idle, more would leave cores idle.
    static final int PART_ROWS = 32;

    private static final int ANSWER_ROWS = 256;

    private final BiLstmClassifier network;
    private final RareTokens rare;
    private final Lanes lanes;
    private final List<Learner> learners = new ArrayList<>();

    Crew(BiLstmClassifier network, RareTokens rare, int batchSize, Lanes lanes) {
        this.network = network;
        this.rare = rare;
        this.lanes = lanes;
        for (int i = 0; i < Math.max(lanes.count(), Math.ceilDiv(batchSize, PART_ROWS)); i++) {
            learners.add(network.learner());
        }
    }

    /// Forward and backward of one batch; the network's gradient is then that of the batch's mean loss. Everything
    /// random comes from seed, epoch and step.
    ///
    /// @return sum of the rows' losses
    double learn(TokenStore store, int[] rows, long seed, int epoch, int step) {
        int parts = Math.ceilDiv(rows.length, PART_ROWS);
        double[] losses = new double[parts];
        lanes.run(parts, part -> {
            int[] own = Arrays.copyOfRange(rows, part * PART_ROWS, Math.min(rows.length, (part + 1) * PART_ROWS));
            SplittableRandom random = Seeds.at(seed, epoch, step, part);
            Sequences batch = store.sequences(own);
            rare.apply(batch.ids(), random);
            losses[part] = learners.get(part).learn(batch, store.labels(own), 1.0 / rows.length, random);
        });
        network.sumGradients();
        return Arrays.stream(losses).sum();
    }

    /// Answers all rows of a store.
    Scores judge(TokenStore store) {
        BatchOrder order = BatchOrder.byLength(store.rows(), store::length, ANSWER_ROWS);
        int labels = network.config().labels().size();
        Scores.Counter[] counters = new Scores.Counter[order.batches()];
        int used = Math.min(lanes.count(), counters.length);
        lanes.run(used, lane -> {
            for (int i = lane; i < counters.length; i += used) {
                int[] rows = order.batch(i);
                counters[i] = new Scores.Counter(labels);
                counters[i].add(learners.get(lane).logits(store.sequences(rows)), store.labels(rows));
            }
        });
        Scores.Counter sum = new Scores.Counter(labels);
        Arrays.stream(counters).forEach(sum::add);
        return sum.scores();
    }
}
