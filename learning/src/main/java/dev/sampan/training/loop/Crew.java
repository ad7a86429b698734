package dev.sampan.training.loop;

import dev.sampan.compute.Lanes;
import dev.sampan.compute.NativeWeights;
import dev.sampan.compute.Pass;
import dev.sampan.compute.Precision;
import dev.sampan.compute.Scope;
import dev.sampan.compute.Weights;
import dev.sampan.network.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// Computes a network on several threads. A step's batches are cut into parts of [Network#partRows] rows; the parts go
/// round over a fixed number of strands, each with a gradient of its own, and the strands' gradients are added in their
/// order. Which thread takes which strand is of no consequence.
final class Crew implements AutoCloseable {
    private static final int STRANDS_MAX = 8;
    /// Gradients of all strands together, in numbers: a large network keeps few of them.
    private static final long GRADIENTS_MAX = 64L << 20;

    private static final int ANSWER_ROWS_MAX = 256;

    private final Lesson lesson;
    private final Network network;
    private final double mixupAlpha;
    private final Lanes lanes;
    private final NativeWeights weights;
    private final NativeWeights buffers;
    private final NativeWeights.Leaves sharedBuffers;
    private final List<NativeWeights.Leaves> strands = new ArrayList<>();
    private Precision precision = Precision.SINGLE;

    /// What one step found.
    ///
    /// @param loss sum of the rows' losses
    /// @param weight what it is to be divided by
    record Learnt(double loss, double weight, long rows) {
        double mean() {
            return loss / weight;
        }
    }

    /// Where in a run a step is: everything random follows from it.
    record Place(long seed, long epoch, long step) {}

    Crew(Lesson lesson, Predicate<Weights.Slot> learns, double mixupAlpha, Lanes lanes) {
        this.lesson = lesson;
        this.mixupAlpha = mixupAlpha;
        this.lanes = lanes;
        network = lesson.network();
        weights = new NativeWeights(network.weights(), learns);
        buffers = new NativeWeights(network.buffers(), _ -> false);
        sharedBuffers = buffers.leaves();
        long fitting = GRADIENTS_MAX / Math.max(1, weights.learningSize());
        int count = whole() ? 1 : Math.clamp(fitting, 1, STRANDS_MAX);
        for (int i = 0; i < count; i++) {
            strands.add(weights.leaves());
        }
    }

    private boolean whole() {
        return network.partRows() == Network.WHOLE;
    }

    /// From now on.
    void use(Precision wanted) {
        precision = wanted;
    }

    /// Takes over weights and buffers that were changed.
    void refresh() {
        weights.refresh(lanes);
        buffers.refresh(Lanes.ONE);
    }

    /// Runs steps that leave no trace.
    void trial(Runnable steps) {
        float[] before = network.buffers().values().clone();
        steps.run();
        System.arraycopy(before, 0, network.buffers().values(), 0, before.length);
        refresh();
    }

    /// Forward and backward of the batches of one step. The gradient of the weights is then that of the sum of the
    /// losses, to be divided by [Learnt#weight].
    Learnt learn(List<int[]> batches, Place place) {
        List<int[]> parts = new ArrayList<>();
        batches.forEach(batch -> parts.addAll(cut(batch, network.partRows())));
        Learnt[] learnt = new Learnt[parts.size()];
        int used = Math.min(strands.size(), learnt.length);
        if (strands.size() == 1) {
            lanes.together(() -> strand(0, 1, parts, place, learnt));
        } else {
            lanes.run(used, strand -> strand(strand, used, parts, place, learnt));
        }
        weights.sumGradients(lanes);
        if (!network.buffers().slots().isEmpty()) {
            buffers.bringBack();
        }
        return Arrays.stream(learnt)
                .reduce((a, b) -> new Learnt(a.loss + b.loss, a.weight + b.weight, a.rows + b.rows))
                .orElseThrow();
    }

    private void strand(int own, int used, List<int[]> parts, Place place, Learnt[] learnt) {
        for (int part = own; part < learnt.length; part += used) {
            SplittableRandom random = Seeds.at(place.seed, place.epoch, place.step, part);
            learnt[part] = part(strands.get(own), parts.get(part), random);
        }
    }

    private Learnt part(NativeWeights.Leaves leaves, int[] rows, SplittableRandom random) {
        Batch batch = Mixup.of(lesson.train().batch(rows, random), mixupAlpha, random);
        try (Scope _ = Scope.recording()) {
            Pass pass = new Pass(leaves, sharedBuffers, random);
            Tensor loss = Scope.only(() -> loss(pass, batch));
            loss.backward();
            leaves.keepGradient();
            return new Learnt(loss.item_double(), weight(batch), rows.length);
        }
    }

    private Tensor loss(Pass pass, Batch batch) {
        Tensor outputs = outputs(pass, batch);
        Tensor loss = lesson.objective().loss(pass, outputs, Batch.tensor(batch.targets()));
        Batch.Mixed mixed = batch.mixed();
        if (mixed == null) {
            return loss;
        }
        Tensor other = lesson.objective().loss(pass, outputs, Batch.tensor(mixed.targets()));
        return loss.mul(new Scalar(1 - mixed.share())).add(other.mul(new Scalar(mixed.share())));
    }

    private double weight(Batch batch) {
        double weight = lesson.objective().weight(Batch.tensor(batch.targets()));
        Batch.Mixed mixed = batch.mixed();
        return mixed == null
                ? weight
                : (1 - mixed.share()) * weight
                        + mixed.share() * lesson.objective().weight(Batch.tensor(mixed.targets()));
    }

    private Tensor outputs(Pass pass, Batch batch) {
        try (Precision.Casting _ = precision.open()) {
            Tensor outputs = network.forward(pass, batch.tensors());
            return outputs.scalar_type().intern() == ScalarType.Float ? outputs : outputs.to(ScalarType.Float);
        }
    }

    /// Answers all rows.
    Map<String, Double> judge(Examples examples, int batchSize) {
        int rows = whole() ? batchSize : (int) Math.min(ANSWER_ROWS_MAX, 8L * network.partRows());
        BatchOrder order = BatchOrder.byLength(examples.rows(), examples::length, rows);
        Examiner.Tally[] tallies = new Examiner.Tally[order.batches()];
        lanes.share(tallies.length, i -> tallies[i] = answered(examples.batch(order.batch(i), null)));
        Examiner.Tally sum = lesson.examiner().begin();
        Arrays.stream(tallies).forEach(sum::add);
        return sum.figures();
    }

    private Examiner.Tally answered(Batch batch) {
        Examiner.Tally tally = lesson.examiner().begin();
        try (Scope _ = Scope.inference()) {
            Pass pass = new Pass(strands.getFirst(), sharedBuffers, null);
            tally.add(pass, outputs(pass, batch), batch);
        }
        return tally;
    }

    private static List<int[]> cut(int[] rows, int size) {
        List<int[]> parts = new ArrayList<>();
        for (int from = 0; from < rows.length; from += Math.min(size, rows.length - from)) {
            parts.add(Arrays.copyOfRange(rows, from, from + Math.min(size, rows.length - from)));
        }
        return parts;
    }

    @Override
    public void close() {
        weights.close();
        buffers.close();
    }
}
