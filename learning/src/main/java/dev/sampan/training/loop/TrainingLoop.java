package dev.sampan.training.loop;

import dev.sampan.compute.Lanes;
import dev.sampan.compute.Optimiser;
import dev.sampan.compute.Precision;
import dev.sampan.spec.TrainSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/// The loop: steps of the optimiser over batches in a seeded order, validation after each epoch or some steps, an
/// early stop, and in the end the weights of the best validation.
public final class TrainingLoop {
    private final Lesson lesson;
    private final TrainSpec spec;
    private final Checkpoint checkpoint;
    private final Audience audience;
    private final Groups groups;
    private final Memory memory;
    private final Curve curve;
    private RunState state = RunState.start();
    private final Saving saving;

    /// @throws dev.sampan.kernel.ProblemException `training.no_such_layer`, `training.all_frozen`
    public TrainingLoop(Lesson lesson, TrainSpec spec, Checkpoint checkpoint, Audience audience) {
        this.lesson = lesson;
        this.spec = spec;
        this.checkpoint = checkpoint;
        this.audience = audience;
        groups = new Groups(spec.layers(), lesson.network().weights());
        Optimiser optimiser =
                new Optimiser(Rules.of(spec.optimiser()), lesson.network().weights(), groups::share);
        memory = new Memory(lesson.network(), optimiser, spec.pace().emaDecay(), lesson.validation() != null);
        saving = new Saving(checkpoint, spec, audience, memory::stored);
        curve = new Curve(spec.schedule(), stepsMax(), spec.learningRate());
    }

    /// Runs to the end, or to where it is to pause, from the checkpoint where there is one, and leaves the best
    /// weights in the network.
    ///
    /// @throws CancellationException when the progress is cancelled, after a checkpoint
    /// @throws dev.sampan.kernel.ProblemException `training.diverged`, `training.bf16_unsupported`,
    ///     `training.mixup`
    public RunState run(Lanes lanes) throws IOException {
        RunState saved = checkpoint.load(memory.stored());
        if (saved != null) {
            state = saved;
            memory.optimiser.resumeAt(saved.stepsDone());
        }
        try (Crew crew = new Crew(lesson, groups::learns, spec.losses().mixupAlpha(), lanes)) {
            state = state.decided(Bf16Choice.of(state.bf16(), spec, () -> firstStep(crew), crew));
            crew.use(Boolean.TRUE.equals(state.bf16()) ? Precision.BF16 : Precision.SINGLE);
            BatchOrder order = order(state.epoch());
            Stopwatch watch = new Stopwatch();
            while (!state.finished(spec) && !checkpoint.pauses(state)) {
                saving.whenCancelled(state);
                int epoch = state.epoch();
                step(crew, order, lanes, watch);
                if (state.step() == windows(order)) {
                    state = state.afterEpoch();
                    order = order(state.epoch());
                }
                if (judgementIsDue(epoch)) {
                    judge(crew, epoch, watch);
                    saving.now(state);
                } else {
                    saving.sometimes(state);
                }
            }
            if (saving.behind()) {
                saving.now(state); // it pauses, or steps were made since validation
            }
            if (state.judged().count() == 0) { // the budget was cut before the run was taken up
                judge(crew, state.epoch(), watch);
            }
        }
        memory.restoreBest();
        return state;
    }

    private void step(Crew crew, BatchOrder order, Lanes lanes, Stopwatch watch) {
        Crew.Learnt learnt = crew.learn(window(order, state.step()), place());
        double norm = memory.optimiser.step(
                rate(), spec.weightDecay(), spec.maxGradNorm(), 1 / Math.max(learnt.weight(), 1e-30), lanes);
        if (!Double.isFinite(norm) || !Double.isFinite(learnt.loss())) {
            throw Divergence.noNumber(state, spec);
        }
        memory.average(state.stepsDone());
        crew.refresh();
        Stopwatch.Lap lap = watch.lap();
        saving.learnt(lap.wall());
        state = state.afterStep(learnt, lap);
        if (state.trend().exploded()) {
            throw Divergence.exploded(state, spec);
        }
        tell();
    }

    private void firstStep(Crew crew) {
        crew.learn(window(order(1), 0), place());
    }

    private Crew.Place place() {
        return new Crew.Place(spec.seed(), state.epoch(), state.step());
    }

    private double rate() {
        return spec.learningRate()
                * curve.at(state.stepsDone())
                * state.plateau().factorOf(spec.schedule().kind());
    }

    private BatchOrder order(int epoch) {
        return BatchOrder.of(lesson.train().rows(), lesson.train()::length, spec.batchSize(), spec.seed(), epoch);
    }

    /// The batches of one step; fewer in the last of an epoch.
    private List<int[]> window(BatchOrder order, int step) {
        int size = spec.pace().accumulation();
        List<int[]> batches = new ArrayList<>();
        for (int i = step * size; i < Math.min(order.batches(), (step + 1) * size); i++) {
            batches.add(order.batch(i));
        }
        return batches;
    }

    private int windows(BatchOrder order) {
        return Math.ceilDiv(order.batches(), spec.pace().accumulation());
    }

    private long stepsMax() {
        Integer steps = spec.pace().maxSteps();
        int batches = Math.ceilDiv(lesson.train().rows(), spec.batchSize());
        return steps == null
                ? (long) spec.epochs() * Math.ceilDiv(batches, spec.pace().accumulation())
                : steps;
    }

    private boolean judgementIsDue(int epochBefore) {
        Integer every = spec.pace().evalSteps();
        boolean due = every == null ? state.epoch() > epochBefore : state.stepsDone() % every == 0;
        return due || state.exhausted(spec);
    }

    private void judge(Crew crew, int epoch, Stopwatch watch) {
        boolean swapped = memory.swapAverage();
        if (swapped) {
            crew.refresh();
        }
        Examples validation = lesson.validation();
        Map<String, Double> found = validation == null ? null : crew.judge(validation, spec.batchSize());
        Map<String, Double> before = state.judged().best();
        boolean better =
                found == null || before == null || Goal.of(spec.metricForBest()).better(found, before);
        if (better) {
            memory.keepBest();
        }
        if (swapped) {
            memory.swapAverage();
            crew.refresh();
        }
        Map<String, Double> figures = figures(found);
        state = state.afterJudgement(found, better, figures, epoch, watch.lap(), spec);
        audience.metrics().epoch(state.judged().count(), figures);
    }

    private Map<String, Double> figures(@Nullable Map<String, Double> found) {
        RunState.Sums sums = state.sums();
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("train_loss", sums.loss() / Math.max(1e-30, sums.weight()));
        if (found != null) {
            found.forEach((name, value) -> figures.put("validation_" + name, value));
        }
        figures.put("learning_rate", rate());
        figures.put("rows_per_second", sums.rows() / Math.max(1e-9, sums.seconds()));
        return figures;
    }

    private void tell() {
        String note = "epoch " + state.epoch() + "/" + spec.epochs();
        Map<String, Double> best = state.judged().best();
        if (best != null) {
            String shown = best.containsKey("f1_macro") ? "f1_macro" : "loss";
            note += String.format(
                    Locale.ROOT,
                    ", validation %s %.3f",
                    shown.equals("loss") ? "loss" : "F1",
                    Objects.requireNonNull(best.get(shown)));
        }
        audience.progress().at("train", state.stepsDone(), curve.total(), note);
    }
}
