package dev.sampan.training.internal;

import dev.sampan.compute.AdamW;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Progress;
import dev.sampan.network.BiLstmClassifier;
import dev.sampan.spec.TrainSpec;
import dev.sampan.training.MetricListener;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/// The loop: steps of AdamW over batches in a seeded order, validation after each epoch, an early stop, and in the end
/// the weights of the best epoch.
final class BiLstmTraining {
    private static final double CHECKPOINT_SECONDS = 60;

    private final BiLstmClassifier network;
    private final TokenStore train;
    private final @Nullable TokenStore validation;
    private final TrainSpec spec;
    private final Checkpoint checkpoint;
    private final Progress progress;
    private final MetricListener metrics;
    private final AdamW optimiser;
    private final float[] best;
    private RunState state = RunState.start();
    private double sinceCheckpoint;

    BiLstmTraining(BiLstmClassifier network, Tokens tokens, TrainSpec spec, Checkpoint checkpoint, Audience audience) {
        this.network = network;
        train = tokens.train();
        validation = tokens.validation();
        this.spec = spec;
        this.checkpoint = checkpoint;
        progress = audience.progress();
        metrics = audience.metrics();
        optimiser = new AdamW(network.weights().values().length);
        best = network.weights().values().clone();
    }

    /// Runs to the end, from the checkpoint where there is one, and leaves the best weights in the network.
    ///
    /// @throws CancellationException when the progress is cancelled, after a checkpoint
    /// @throws ProblemException `training.diverged`
    RunState run(Lanes lanes) throws IOException {
        RunState saved = checkpoint.load(network.weights(), optimiser, best);
        state = saved == null ? state : saved;
        network.refresh();
        RareTokens rare = RareTokens.of(train, network.config().vocabularySize());
        Crew crew = new Crew(network, rare, spec.batchSize(), lanes);
        while (!state.finished(spec)) {
            epoch(crew);
        }
        System.arraycopy(best, 0, network.weights().values(), 0, best.length);
        network.refresh();
        return state;
    }

    private void epoch(Crew crew) throws IOException {
        int epoch = state.epoch();
        BatchOrder order = BatchOrder.of(train.rows(), train::length, spec.batchSize(), spec.seed(), epoch);
        Stopwatch watch = new Stopwatch();
        while (state.step() < order.batches() && !state.overTime(spec)) {
            if (progress.cancelled()) {
                save();
                throw new CancellationException("training was cancelled at epoch " + epoch + ", step " + state.step());
            }
            int[] rows = order.batch(state.step());
            double loss = crew.learn(train, rows, spec.seed(), epoch, state.step());
            double norm =
                    optimiser.step(network.weights(), spec.learningRate(), spec.weightDecay(), spec.maxGradNorm());
            if (!Double.isFinite(norm) || !Double.isFinite(loss)) {
                throw diverged();
            }
            network.refresh();
            Stopwatch.Lap lap = watch.lap();
            state = state.afterStep(loss, rows.length, lap.wall(), lap.cpu());
            tell(order.batches());
            saveSometimes(lap.wall());
        }
        Scores scores = validation == null ? null : crew.judge(validation);
        end(scores, watch);
    }

    private void end(@Nullable Scores scores, Stopwatch watch) throws IOException {
        Scores before = state.best();
        boolean better = scores == null || before == null || scores.betterThan(before, spec.metricForBest());
        if (better) {
            System.arraycopy(network.weights().values(), 0, best, 0, best.length);
        }
        Map<String, Double> figures = figures(scores);
        Stopwatch.Lap lap = watch.lap();
        int epoch = state.epoch();
        state = state.afterEpoch(scores, better, figures, lap.wall(), lap.cpu());
        metrics.epoch(epoch, figures);
        save();
    }

    private Map<String, Double> figures(@Nullable Scores scores) {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("train_loss", state.lossSum() / Math.max(1, state.rowsSeen()));
        if (scores != null) {
            figures.put("validation_loss", scores.loss());
            figures.put("validation_f1_macro", scores.f1Macro());
            figures.put("validation_accuracy", scores.accuracy());
        }
        figures.put("learning_rate", spec.learningRate());
        figures.put("rows_per_second", state.rowsSeen() / Math.max(1e-9, state.epochSeconds()));
        return figures;
    }

    private void tell(int batches) {
        long total = (long) spec.epochs() * batches;
        long done = (long) (state.epoch() - 1) * batches + state.step();
        Scores scores = state.best();
        String note = "epoch " + state.epoch() + "/" + spec.epochs();
        if (scores != null) {
            note += String.format(Locale.ROOT, ", validation F1 %.3f", scores.f1Macro());
        }
        progress.at("train", done, total, note);
    }

    private void saveSometimes(double wall) throws IOException {
        sinceCheckpoint += wall;
        if (sinceCheckpoint >= CHECKPOINT_SECONDS) {
            save();
        }
    }

    private void save() throws IOException {
        checkpoint.save(state, network.weights(), optimiser, best);
        sinceCheckpoint = 0;
    }

    private ProblemException diverged() {
        boolean clipped = spec.maxGradNorm() > 0;
        return new ProblemException(Problem.of(
                        "training.diverged",
                        "The loss is no longer a number at epoch " + state.epoch() + ", step " + (state.step() + 1)
                                + ": the steps of train.learning_rate=" + spec.learningRate() + " are too long.")
                .at("train.learning_rate")
                .remedy("Set train.learning_rate to " + spec.learningRate() / 10 + " or less"
                        + (clipped ? "" : ", and train.max_grad_norm to 1")));
    }
}
