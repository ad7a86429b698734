package dev.sampan.training.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sampan.compute.Lanes;
import dev.sampan.compute.Torch;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Progress;
import dev.sampan.network.Network;
import dev.sampan.network.objectives.CrossEntropy;
import dev.sampan.spec.TrainSpec;
import dev.sampan.spec.TrainSpec.ClassWeights;
import dev.sampan.spec.TrainSpec.Layers;
import dev.sampan.spec.TrainSpec.Losses;
import dev.sampan.spec.TrainSpec.Optimiser;
import dev.sampan.spec.TrainSpec.Pace;
import dev.sampan.spec.TrainSpec.Pace.Bf16;
import dev.sampan.spec.TrainSpec.Schedule;
import dev.sampan.training.MetricListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrainingLoopTests {
    private static final TrainSpec PLAIN = Recipes.plain(4, 16, 0.01);
    private static final Points TRAIN = Points.of(203, 1);

    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @EnumSource
    void learnsWithEveryOptimiser(Optimiser.Kind kind) throws IOException {
        double rate = switch (kind) {
            case SGD, ADAGRAD -> 0.1;
            case LION -> 0.003;
            case ADAM, ADAMW, RMSPROP -> 0.01;
        };
        TrainSpec spec =
                Recipes.with(Recipes.plain(25, 16, rate), new Optimiser(kind, null, 0.9, null, 1e-8), Schedule.DEFAULT);

        RunState end = run(Points.network(0, 16), spec, "a");

        assertThat(end.history().getLast().get("validation_accuracy"))
                .as(kind.name())
                .isGreaterThan(0.85);
    }

    /// The kinds of optimiser and of curve are walked through together, each with dropout, average and accumulation.
    @ParameterizedTest
    @EnumSource
    void goesOnAfterAnInterruptionToTheSameWeightsBitForBit(Schedule.Kind curve) throws IOException {
        Optimiser.Kind kind = Optimiser.Kind.values()[curve.ordinal() % Optimiser.Kind.values().length];
        TrainSpec spec = Recipes.with(
                Recipes.with(
                        Recipes.plain(12, 16, 0.02),
                        new Optimiser(kind, kind == Optimiser.Kind.RMSPROP ? 0.5 : null, 0.9, null, 1e-8),
                        new Schedule(curve, 2, 0.1, 0)),
                new Pace(3, null, 7, null, Bf16.FALSE, 0.9));
        float[] uninterrupted = weights(spec, "a");

        for (int steps : new int[] {1, 8, 33}) {
            Lesson lesson = lesson(Points.network(0.2, 16));
            TrainingLoop first = loop(lesson, spec, "stopped-" + steps, stoppingAfter(steps));
            try (Lanes lanes = new Lanes(1)) {
                assertThatThrownBy(() -> first.run(lanes)).isInstanceOf(CancellationException.class);
            }
            assertThat(weights(spec, "stopped-" + steps))
                    .as("after %d steps", steps)
                    .containsExactly(uninterrupted);
        }
    }

    /// Unequal lengths, weights and a last window that is not full: 21 rows in batches of 8 or of 1, or at once.
    @Property(tries = 30)
    void accumulatesToTheGradientOfTheBigBatch(@ForAll @IntRange(min = 1, max = 21) int count, @ForAll long seed) {
        Points points = Points.of(21, seed);
        Losses losses = new Losses(0.1, new ClassWeights(Map.of("a", 3.0, "b", 0.5)), 1.5, 0);
        CrossEntropy objective = ClassObjective.of(losses, List.of("a", "b", "c"), Map.of());
        int[] rows = IntStream.range(0, count).toArray();

        float[] whole = gradient(points, objective, List.of(rows));

        for (int size : new int[] {1, 8}) {
            List<int[]> batches = new ArrayList<>();
            for (int from = 0; from < count; from += size) {
                batches.add(Arrays.copyOfRange(rows, from, Math.min(count, from + size)));
            }
            assertThat(gradient(points, objective, batches)).containsExactly(whole, within(1e-6f));
        }
    }

    private static float[] gradient(Points points, CrossEntropy objective, List<int[]> batches) {
        Network network = Points.network(0, 8);
        Lesson lesson = new Lesson(network, objective, points, null, new ClassExaminer(3));
        try (Lanes lanes = new Lanes(2);
                Crew crew = new Crew(lesson, _ -> true, 0, lanes)) {
            Crew.Learnt learnt = crew.learn(batches, new Crew.Place(1, 1, 0));
            float[] gradient = network.weights().gradient().clone();
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] /= (float) learnt.weight();
            }
            return gradient;
        }
    }

    @Test
    void findsTheSameWeightsOnAnyNumberOfThreads() throws IOException {
        TrainSpec spec = Recipes.plain(3, 100, 0.05);
        float[] one = weights(spec, "a");
        Network network = Points.network(0.2, 16);
        try (Lanes lanes = new Lanes(3)) {
            loop(lesson(network), spec, "b", Progress.NONE).run(lanes);
        }

        assertThat(network.weights().values()).containsExactly(one);
    }

    @Test
    void keepsTheAverageOfTheWeightsAsTheModel() throws IOException {
        float[] last = weights(PLAIN, "a");
        float[] average = weights(Recipes.with(PLAIN, new Pace(1, null, null, null, Bf16.FALSE, 0.95)), "b");

        assertThat(average).isNotEqualTo(last);
        assertThat(norm(average)).as("behind the weights, which grow").isLessThan(norm(last));
    }

    @Test
    void leavesFrozenLayersAsTheyAreAndRefusesPatternsThatFitNothing() throws IOException {
        float[] before = Points.network(0.2, 16).weights().values().clone();
        float[] after = weights(Recipes.with(PLAIN, new Layers(List.of("hidden.*"), List.of(), 1)), "a");

        assertThat(Arrays.copyOf(after, 48)).as("2 · 16 + 16").containsExactly(Arrays.copyOf(before, 48));
        assertThat(after[60]).isNotEqualTo(before[60]);
        assertThatThrownBy(() -> weights(Recipes.with(PLAIN, new Layers(List.of("hiden.0*"), List.of(), 1)), "b"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("'hiden.0*'");
        assertThatThrownBy(() -> weights(Recipes.with(PLAIN, new Layers(List.of("*"), List.of(), 1)), "c"))
                .hasMessageContaining("nothing to learn");
    }

    @Test
    void endsAfterItsStepsAndJudgesInBetween() throws IOException {
        Pace pace = new Pace(1, 10, 4, 3, Bf16.FALSE, 0);

        RunState end = run(Points.network(0, 16), Recipes.with(PLAIN, pace), "a");

        assertThat(end.stepsDone()).isEqualTo(10);
        assertThat(end.history()).as("after 4, 8 and 10 steps").hasSize(3);
    }

    @Test
    void mixesRowsAndStillLearns() throws IOException {
        RunState end =
                run(Points.network(0, 16), Recipes.with(Recipes.plain(25, 16, 0.02), new Losses(0, null, 0, 0.2)), "a");

        assertThat(end.history().getLast().get("validation_accuracy")).isGreaterThan(0.85);
    }

    @Test
    void stopsWithTheCauseWhenTheLossExplodes() {
        Trend trend = Trend.START.after(1).after(0.5);
        for (int i = 0; i < 19; i++) {
            trend = trend.after(2e4);
        }
        assertThat(trend.exploded()).isFalse();
        assertThat(trend.after(2e4).exploded()).isTrue();
        assertThat(trend.after(1).after(2e4).exploded()).as("came back").isFalse();

        RunState state = RunState.start();
        assertThat(Divergence.exploded(state, PLAIN).problems().getFirst().code())
                .isEqualTo("training.diverged");
    }

    @Test
    void learnsInBfloat16WhereTheProcessorHasIt() throws IOException {
        TrainSpec spec = Recipes.with(Recipes.plain(25, 16, 0.02), new Pace(1, null, null, null, Bf16.TRUE, 0));
        if (!Torch.multipliesBf16()) {
            assertThatThrownBy(() -> run(Points.network(0, 16), spec, "a")).hasMessageContaining("bf16");
        }
        Assumptions.assumeThat(Torch.multipliesBf16()).isTrue();

        RunState end = run(Points.network(0, 16), spec, "a");

        assertThat(end.bf16()).isTrue();
        assertThat(end.history().getLast().get("validation_accuracy")).isGreaterThan(0.85);
    }

    @Test
    void decidesOnBfloat16ByMeasuringAndKeepsNoTraceOfIt() throws IOException {
        Network network = Points.network(0.2, 16);
        RunState end = run(network, Recipes.with(PLAIN, new Pace(1, null, null, null, Bf16.AUTO, 0)), "a");

        // On so small a network nothing is won, unless the clock was disturbed while it was measured.
        Assumptions.assumeThat(end.bf16()).isFalse();
        assertThat(network.weights().values()).containsExactly(weights(PLAIN, "b"));
    }

    /// A leak of 100 bytes in each step would show in every thousand of them; the compiler's own memory, which
    /// comes and goes while the code gets warm, shows in some.
    @Test
    void keepsNativeMemoryFlatOverTenThousandSteps() {
        Points few = Points.of(16, 5);
        Lesson lesson = new Lesson(Points.network(0.1, 64), new CrossEntropy(), few, null, new ClassExaminer(3));
        List<int[]> rows = List.of(IntStream.range(0, 16).toArray());
        long[] growth = new long[10];
        try (Lanes lanes = new Lanes(1);
                Crew crew = new Crew(lesson, _ -> true, 0, lanes)) {
            long before = 0;
            for (int step = 0; step <= 15_000; step++) {
                if (step % 1_000 == 0) {
                    long now = NativeHeap.bytesInUse();
                    growth[step / 1_000 % growth.length] = now - before;
                    before = now;
                }
                crew.learn(rows, new Crew.Place(1, 1, step));
                crew.refresh();
            }
        }
        Arrays.sort(growth);
        assertThat(growth[growth.length / 2])
                .as("of %s", Arrays.toString(growth))
                .isLessThan(100_000);
    }

    private float[] weights(TrainSpec spec, String name) throws IOException {
        return weights(spec, name, 0.2);
    }

    private float[] weights(TrainSpec spec, String name, double dropout) throws IOException {
        Network network = Points.network(dropout, 16);
        run(network, spec, name);
        return network.weights().values();
    }

    private RunState run(Network network, TrainSpec spec, String name) throws IOException {
        try (Lanes lanes = new Lanes(1)) {
            return loop(lesson(network, spec), spec, name, Progress.NONE).run(lanes);
        }
    }

    private TrainingLoop loop(Lesson lesson, TrainSpec spec, String name, Progress progress) {
        return new TrainingLoop(
                lesson, spec, new Checkpoint(folder.resolve(name), "run"), new Audience(progress, MetricListener.NONE));
    }

    private static Lesson lesson(Network network) {
        return lesson(network, PLAIN);
    }

    private static Lesson lesson(Network network, TrainSpec spec) {
        CrossEntropy objective =
                ClassObjective.of(spec.losses(), List.of("a", "b", "c"), Map.of("a", 70L, "b", 70L, "c", 63L));
        return new Lesson(network, objective, TRAIN, Points.of(100, 2), new ClassExaminer(Points.LABELS));
    }

    private static Progress stoppingAfter(int steps) {
        return new Progress() {
            private int asked;

            @Override
            public void at(String step, long done, long total, String note) {}

            @Override
            public boolean cancelled() {
                return asked++ == steps;
            }
        };
    }

    private static double norm(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value * value;
        }
        return Math.sqrt(sum);
    }
}
