package dev.sampan.training.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampan.compute.Lanes;
import dev.sampan.compute.NativeWeights;
import dev.sampan.compute.Pass;
import dev.sampan.compute.Scope;
import dev.sampan.compute.Tensors;
import dev.sampan.compute.Weights;
import dev.sampan.data.NamedTensors;
import dev.sampan.data.NamedTensors.Floats;
import dev.sampan.data.Noise;
import dev.sampan.data.SampleFeatures;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Progress;
import dev.sampan.network.adversarial.AdversarialLoss;
import dev.sampan.network.adversarial.AdversarialLoss.Kind;
import dev.sampan.network.adversarial.TableCritic;
import dev.sampan.network.adversarial.TableGenerator;
import dev.sampan.network.adversarial.TableShape;
import dev.sampan.spec.TrainSpec;
import dev.sampan.spec.TrainSpec.Optimiser;
import dev.sampan.spec.TrainSpec.Pace;
import dev.sampan.spec.TrainSpec.Pace.Bf16;
import dev.sampan.spec.TrainSpec.Schedule;
import dev.sampan.training.MetricListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AdversarialLoopTests {
    private static final int LATENT = 4;

    @TempDir
    Path folder = Path.of("");

    /// Four corners of a square, each a small cloud.
    private record Corners(int rows) implements Examples {
        @Override
        public Batch batch(int[] chosen, @Nullable SplittableRandom random) {
            float[] xy = new float[2 * chosen.length];
            for (int i = 0; i < chosen.length; i++) {
                float[] cloud = new float[2];
                Noise.normal(new SplittableRandom(chosen[i]), cloud);
                xy[2 * i] = (chosen[i] % 2 == 0 ? -1 : 1) + 0.1f * cloud[0];
                xy[2 * i + 1] = (chosen[i] / 2 % 2 == 0 ? -1 : 1) + 0.1f * cloud[1];
            }
            return new Batch(
                    new NamedTensors(chosen.length, Map.of(Duel.SAMPLE, new Floats(xy, chosen.length, 2))),
                    Duel.noTargets(chosen.length));
        }
    }

    private static Duel duel(Kind kind, int criticSteps, int pac) {
        TableShape shape = new TableShape(List.of(new TableShape.Block(2, false)), List.of(32, 32), 0);
        return new Duel(
                new TableGenerator(shape, LATENT, 5),
                new TableCritic(shape, pac, 5),
                new AdversarialLoss(kind, kind == Kind.WGAN_GP ? 1 : 0.3),
                criticSteps,
                LATENT,
                0,
                new Corners(256));
    }

    private static TrainSpec spec(int steps, double rate) {
        TrainSpec plain = Recipes.with(
                Recipes.plain(10_000, 64, rate),
                new Optimiser(Optimiser.Kind.ADAM, null, 0.5, 0.9, 1e-8),
                Schedule.DEFAULT);
        return Recipes.with(plain, new Pace(1, steps, null, null, Bf16.FALSE, 0.99));
    }

    private AdversarialLoop loop(Duel duel, TrainSpec spec, String name, Progress progress) {
        return new AdversarialLoop(
                duel, spec, new Checkpoint(folder.resolve(name), "run"), new Audience(progress, MetricListener.NONE));
    }

    private float[] weights(TrainSpec spec, String name, int threads) throws IOException {
        Duel duel = duel(Kind.WGAN_GP, 2, 2);
        try (Lanes lanes = new Lanes(threads)) {
            loop(duel, spec, name, Progress.NONE).run(lanes);
        }
        float[] made = duel.generator().weights().values();
        float[] seen = duel.critic().weights().values();
        float[] both = Arrays.copyOf(made, made.length + seen.length);
        System.arraycopy(seen, 0, both, made.length, seen.length);
        return both;
    }

    /// A normal distribution of the same mean and covariance, which is the naive answer, has 74 of 400 points
    /// within 0.5 of a corner.
    @ParameterizedTest
    @EnumSource
    void findsTheCornersThatANormalDistributionMisses(Kind kind) throws IOException {
        Duel duel = duel(kind, 3, 1);
        try (Lanes lanes = new Lanes(2)) {
            loop(duel, spec(800, 0.002), "a", Progress.NONE).run(lanes);
        }
        float[] made = made(duel, 400);
        int[] near = new int[4];
        for (int i = 0; i < 400; i++) {
            float x = made[2 * i];
            float y = made[2 * i + 1];
            if (Math.hypot(Math.abs(x) - 1, Math.abs(y) - 1) < 0.5) {
                near[(x > 0 ? 1 : 0) + (y > 0 ? 2 : 0)]++;
            }
        }
        assertThat(Arrays.stream(near).sum()).as(Arrays.toString(near)).isGreaterThan(150);
        assertThat(Arrays.stream(near).min().orElse(0))
                .as(Arrays.toString(near))
                .isGreaterThan(20);
    }

    private static float[] made(Duel duel, int rows) {
        float[] noise = new float[rows * LATENT];
        Noise.normal(new SplittableRandom(99), noise);
        try (NativeWeights weights = new NativeWeights(duel.generator().weights());
                NativeWeights none = new NativeWeights(Weights.NONE);
                Scope _ = Scope.inference()) {
            Pass pass = new Pass(weights.leaves(), none.leaves(), null);
            return Tensors.floats(
                    duel.generator().forward(pass, Map.of(SampleFeatures.NOISE, Tensors.floats(noise, rows, LATENT))));
        }
    }

    @Test
    void goesOnAfterAnInterruptionToTheSameWeightsBitForBit() throws IOException {
        TrainSpec spec = spec(13, 0.002);
        float[] uninterrupted = weights(spec, "a", 1);

        for (int steps : new int[] {1, 4, 9}) {
            AdversarialLoop first = loop(duel(Kind.WGAN_GP, 2, 2), spec, "stopped-" + steps, stoppingAfter(steps));
            try (Lanes lanes = new Lanes(1)) {
                assertThatThrownBy(() -> first.run(lanes)).isInstanceOf(CancellationException.class);
            }
            assertThat(weights(spec, "stopped-" + steps, 1))
                    .as("after %d steps", steps)
                    .containsExactly(uninterrupted);
        }
    }

    @Test
    void findsTheSameWeightsOnAnyNumberOfThreads() throws IOException {
        assertThat(weights(spec(5, 0.01), "a", 3)).containsExactly(weights(spec(5, 0.01), "b", 1));
    }

    private static Progress stoppingAfter(int steps) {
        return new Progress() {
            private long done;

            @Override
            public void at(String step, long count, long total, String note) {
                done = count;
            }

            @Override
            public boolean cancelled() {
                return done >= steps;
            }
        };
    }

    @Test
    void stopsWhereTheLossIsNoLongerANumber() {
        Duel duel = duel(Kind.WGAN_GP, 1, 1);
        Arrays.fill(duel.critic().weights().values(), 1e30f);
        try (Lanes lanes = new Lanes(1)) {
            assertThatThrownBy(
                            () -> loop(duel, spec(5, 0.001), "a", Progress.NONE).run(lanes))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e -> assertThat(e.problems().getFirst().code()).isEqualTo("training.diverged"));
        }
    }

    /// Heap and code get warm in the first steps; a leak of 1 kB in each step would show in every hundred of
    /// the later.
    @Test
    void keepsNativeMemoryFlat() throws IOException {
        long[] growth = new long[8];
        long[] before = {0};
        Progress watching = new Progress() {
            @Override
            public void at(String step, long count, long total, String note) {
                if (count % 100 == 0) {
                    long now = NativeHeap.bytesInUse();
                    growth[(int) (count / 100) % growth.length] = now - before[0];
                    before[0] = now;
                }
            }

            @Override
            public boolean cancelled() {
                return false;
            }
        };
        try (Lanes lanes = new Lanes(1)) {
            loop(duel(Kind.WGAN_GP, 1, 1), spec(1000, 0.001), "a", watching).run(lanes);
        }
        Arrays.sort(growth);
        assertThat(growth[growth.length / 2])
                .as("of %s", Arrays.toString(growth))
                .isLessThan(100_000);
    }
}
