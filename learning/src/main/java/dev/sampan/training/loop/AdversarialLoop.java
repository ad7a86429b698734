package dev.sampan.training.loop;

import dev.sampan.compute.Lanes;
import dev.sampan.compute.Optimiser;
import dev.sampan.compute.Pass;
import dev.sampan.compute.Weights;
import dev.sampan.data.NamedTensors.Floats;
import dev.sampan.data.Noise;
import dev.sampan.data.SampleFeatures;
import dev.sampan.network.adversarial.AdversarialLoss;
import dev.sampan.spec.TrainSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/// The loop of two networks: some steps of the critic over real rows and as many made ones, then one of the
/// generator, on fresh noise for the labels of the last real rows. Order of the rows, optimisers, schedules,
/// checkpoints and the moving average are those of [TrainingLoop]. There is no validation: neither loss says
/// how good samples are, and the generator that ends the run, or its average, is the one that is kept.
///
/// Everything random is a function of the seed and the place in the run, so that a run that was broken off goes
/// on as if it had not been.
public final class AdversarialLoop {
    private static final int GENERATOR = -1;

    private final Duel duel;
    private final TrainSpec spec;
    private final Checkpoint checkpoint;
    private final Audience audience;
    private final Memory generator;
    private final Memory critic;
    private final Curve curve;
    private RunState state = RunState.start();
    private final Saving saving;
    private double generatorLoss;

    public AdversarialLoop(Duel duel, TrainSpec spec, Checkpoint checkpoint, Audience audience) {
        this.duel = duel;
        this.spec = spec;
        this.checkpoint = checkpoint;
        this.saving = new Saving(checkpoint, spec, audience, this::stored);
        this.audience = audience;
        Weights made = duel.generator().weights();
        Weights seen = duel.critic().weights();
        generator = Memory.unjudged(made, optimiser(made), spec.pace().emaDecay());
        critic = Memory.unjudged(seen, optimiser(seen), 0);
        curve = new Curve(spec.schedule(), stepsMax(), spec.learningRate());
    }

    private Optimiser optimiser(Weights weights) {
        return new Optimiser(Rules.of(spec.optimiser()), weights, new Groups(spec.layers(), weights)::share);
    }

    /// Runs to the end, from the checkpoint where there is one, and leaves the generator that is kept in its
    /// network.
    ///
    /// @throws CancellationException when the progress is cancelled, after a checkpoint
    /// @throws dev.sampan.kernel.ProblemException `training.diverged`
    public RunState run(Lanes lanes) throws IOException {
        RunState saved = checkpoint.load(stored());
        if (saved != null) {
            state = saved;
            generator.optimiser.resumeAt(state.stepsDone());
            critic.optimiser.resumeAt(state.stepsDone() * duel.criticSteps());
        }
        try (Contestant making = new Contestant(duel.generator().weights());
                Contestant judging = new Contestant(duel.critic().weights())) {
            BatchOrder order = order(state.epoch());
            Stopwatch watch = new Stopwatch();
            while (!state.finished(spec) && !checkpoint.pauses(state)) {
                saving.whenCancelled(state);
                int epoch = state.epoch();
                step(making, judging, order, lanes, watch);
                if (state.step() == steps()) {
                    state = state.afterEpoch();
                    order = order(state.epoch());
                }
                if (state.epoch() > epoch || state.exhausted(spec)) {
                    tellEpoch(epoch, watch);
                }
                saving.sometimes(state);
            }
            if (checkpoint.pauses(state)) {
                saving.now(state);
            }
        }
        generator.swapAverage();
        return state;
    }

    private List<Memory.Stored> stored() {
        List<Memory.Stored> all = new ArrayList<>(generator.stored());
        all.addAll(critic.stored());
        return all;
    }

    private void step(Contestant making, Contestant judging, BatchOrder order, Lanes lanes, Stopwatch watch) {
        double loss = 0;
        double packs = 0;
        long rows = 0;
        int[] batch = {};
        for (int k = 0; k < duel.criticSteps(); k++) {
            batch = whole(order.batch((state.step() * duel.criticSteps() + k) % order.batches()));
            double found = teachCritic(making, judging, batch, k, lanes);
            rows += batch.length;
            packs += batch.length / duel.critic().pac();
            loss += found;
        }
        generatorLoss = teachGenerator(making, judging, batch, lanes)
                / (batch.length / duel.critic().pac());
        generator.average(state.stepsDone());
        Stopwatch.Lap lap = watch.lap();
        saving.learnt(lap.wall());
        state = state.afterStep(new Crew.Learnt(loss, packs, rows), lap);
        audience.progress()
                .at("train", state.stepsDone(), curve.total(), "epoch " + state.epoch() + "/" + spec.epochs());
    }

    /// Whole packs alone.
    private int[] whole(int[] batch) {
        int pac = duel.critic().pac();
        return Arrays.copyOf(batch, Math.max(pac, batch.length - batch.length % pac));
    }

    /// @return the sum of the losses
    private double teachCritic(Contestant making, Contestant judging, int[] batch, int turn, Lanes lanes) {
        List<int[]> parts = parts(batch);
        double loss = judging.learn(parts.size(), lanes, random(turn, parts.size()), (own, part) -> {
            Batch real = duel.real().batch(parts.get(part), own.random());
            Map<String, Tensor> tensors = real.tensors();
            Tensor condition = tensors.get(SampleFeatures.CONDITION);
            Tensor made;
            try (NoGradGuard _ = new NoGradGuard()) {
                made = made(making.fixed(own.random()), real.rows(), condition);
            }
            Tensor x = Objects.requireNonNull(tensors.get(Duel.SAMPLE));
            Tensor mix = mix(real.rows(), own.random());
            return duel.loss().critic(duel.critic(), own, new AdversarialLoss.Shown(x, made, condition, mix));
        });
        update(critic, loss, batch.length / duel.critic().pac(), lanes);
        judging.refresh(lanes);
        return loss;
    }

    private double teachGenerator(Contestant making, Contestant judging, int[] batch, Lanes lanes) {
        List<int[]> parts = parts(batch);
        double loss = making.learn(parts.size(), lanes, random(GENERATOR, parts.size()), (own, part) -> {
            int[] rows = parts.get(part);
            Tensor condition = duel.real().batch(rows, own.random()).tensors().get(SampleFeatures.CONDITION);
            Tensor made = made(own, rows.length, condition);
            return duel.loss().generator(duel.critic().forward(judging.fixed(own.random()), made, condition));
        });
        update(generator, loss, batch.length / duel.critic().pac(), lanes);
        making.refresh(lanes);
        return loss;
    }

    private void update(Memory memory, double loss, int packs, Lanes lanes) {
        double norm =
                memory.optimiser.step(rate(), spec.weightDecay(), spec.maxGradNorm(), 1.0 / Math.max(1, packs), lanes);
        if (!Double.isFinite(norm) || !Double.isFinite(loss)) {
            throw Divergence.noNumber(state, spec);
        }
    }

    private Tensor made(Pass pass, int rows, @Nullable Tensor condition) {
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        float[] noise = new float[rows * duel.latent()];
        Noise.normal(pass.random(), noise);
        inputs.put(SampleFeatures.NOISE, Batch.tensor(new Floats(noise, rows, duel.latent())));
        if (duel.choices() > 0) {
            float[] gumbel = new float[rows * duel.choices()];
            Noise.gumbel(pass.random(), gumbel);
            inputs.put(SampleFeatures.CHOICES, Batch.tensor(new Floats(gumbel, rows, duel.choices())));
        }
        if (condition != null) {
            inputs.put(SampleFeatures.CONDITION, condition);
        }
        return duel.generator().forward(pass, inputs);
    }

    /// ε of each pack.
    private Tensor mix(int rows, SplittableRandom random) {
        float[] shares = new float[rows];
        for (int i = 0; i < rows; i++) {
            shares[i] = i % duel.critic().pac() == 0 ? (float) random.nextDouble() : shares[i - 1];
        }
        return Batch.tensor(new Floats(shares, rows, 1));
    }

    private List<int[]> parts(int[] batch) {
        int pac = duel.critic().pac();
        int size = Math.max(1, duel.generator().partRows() / pac) * pac;
        List<int[]> parts = new ArrayList<>();
        for (int from = 0; from < batch.length; from += size) {
            parts.add(Arrays.copyOfRange(batch, from, Math.min(batch.length, from + size)));
        }
        return parts;
    }

    private List<SplittableRandom> random(int turn, int parts) {
        List<SplittableRandom> random = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            random.add(Seeds.at(spec.seed(), state.epoch(), state.step(), turn, part));
        }
        return random;
    }

    private double rate() {
        return spec.learningRate() * curve.at(state.stepsDone());
    }

    private BatchOrder order(int epoch) {
        return BatchOrder.of(duel.real().rows(), duel.real()::length, spec.batchSize(), spec.seed(), epoch);
    }

    /// Of the generator in one epoch; batches that are left over stand elsewhere in the next epoch's order.
    private int steps() {
        return Math.max(1, Math.ceilDiv(duel.real().rows(), spec.batchSize()) / duel.criticSteps());
    }

    private long stepsMax() {
        Integer steps = spec.pace().maxSteps();
        return steps == null ? (long) spec.epochs() * steps() : steps;
    }

    private void tellEpoch(int epoch, Stopwatch watch) {
        RunState.Sums sums = state.sums();
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("train_loss", sums.loss() / Math.max(1e-30, sums.weight()));
        figures.put("generator_loss", generatorLoss);
        figures.put("learning_rate", rate());
        figures.put("rows_per_second", sums.rows() / Math.max(1e-9, sums.seconds()));
        state = state.afterJudgement(null, true, figures, epoch, watch.lap(), spec);
        audience.metrics().epoch(state.judged().count(), figures);
    }
}
