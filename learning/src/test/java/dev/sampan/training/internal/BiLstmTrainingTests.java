package dev.sampan.training.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sampan.compute.Lanes;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Progress;
import dev.sampan.network.BiLstmClassifier;
import dev.sampan.network.BiLstmConfig;
import dev.sampan.network.objectives.CrossEntropy;
import dev.sampan.spec.TrainSpec;
import dev.sampan.spec.TrainSpec.BestMetric;
import dev.sampan.training.MetricListener;
import dev.sampan.training.loop.Audience;
import dev.sampan.training.loop.Checkpoint;
import dev.sampan.training.loop.ClassExaminer;
import dev.sampan.training.loop.Lesson;
import dev.sampan.training.loop.RunState;
import dev.sampan.training.loop.TrainingLoop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BiLstmTrainingTests {
    private static final TrainSpec SPEC = spec(12, 0.01, 12, null);

    @TempDir
    Path folder;

    private TokenStore train = never();
    private TokenStore validation = never();

    @BeforeEach
    void stores() throws IOException {
        train = Texts.store(folder.resolve("train"), 300, 1);
        validation = Texts.store(folder.resolve("validation"), 100, 2);
    }

    @AfterEach
    void close() {
        train.close();
        validation.close();
    }

    @Test
    void learnsWhatTellsTheLabelsApart() throws IOException {
        List<Map<String, Double>> heard = new ArrayList<>();
        BiLstmClassifier network = network(7);
        try (Lanes lanes = new Lanes(1)) {
            RunState end = training(network, SPEC, "a", Progress.NONE, (_, values) -> heard.add(values))
                    .run(lanes);

            assertThat(heard).hasSize(end.epoch() - 1).isEqualTo(end.history());
            assertThat(heard.getFirst())
                    .containsKeys(
                            "train_loss", "validation_loss", "validation_f1_macro", "learning_rate", "rows_per_second");
            assertThat(heard.get(end.bestEpoch() - 1).get("validation_accuracy"))
                    .isGreaterThan(0.95);
        }
    }

    @Test
    void findsTheSameWeightsForTheSameSeedOnAnyNumberOfThreadsAndOthersForAnother() throws IOException {
        TrainSpec large = new TrainSpec(3, 64, 0.01, 0.001, 1, 3, BestMetric.LOSS, 7, null);

        float[] once = weights(large, "a", 7, 1);

        assertThat(weights(large, "b", 7, 1)).containsExactly(once);
        assertThat(weights(large, "c", 7, 3)).containsExactly(once);
        assertThat(weights(large, "d", 8, 1)).isNotEqualTo(once);
    }

    @Test
    void goesOnAfterAnInterruptionToTheSameWeightsBitForBit() throws IOException {
        float[] uninterrupted = weights(SPEC, "a", 7, 1);

        for (int steps : new int[] {1, 25, 60}) {
            String name = "stopped-" + steps;
            BiLstmClassifier network = network(7);
            try (Lanes lanes = new Lanes(1)) {
                TrainingLoop first = training(network, SPEC, name, stoppingAfter(steps), MetricListener.NONE);
                assertThatThrownBy(() -> first.run(lanes)).isInstanceOf(CancellationException.class);
            }
            assertThat(weights(SPEC, name, 7, 1)).as("stopped after " + steps).containsExactly(uninterrupted);
        }
    }

    @Test
    void startsAnewWhenTheCheckpointIsOfAnotherRunOrDamaged() throws IOException {
        weights(spec(2, 0.01, 2, null), "a", 7, 1);
        float[] longer = weights(spec(4, 0.01, 4, null), "b", 7, 1);
        Path checkpoint = folder.resolve("checkpoint-a");
        try (var files = Files.newDirectoryStream(checkpoint, "*.safetensors")) {
            Files.write(files.iterator().next(), new byte[] {1, 2, 3});
        }

        assertThat(weights(spec(4, 0.01, 4, null), "a", 7, 1)).containsExactly(longer);
    }

    @Test
    void stopsWhenValidationGetsNoBetterAndKeepsTheBestEpoch() throws IOException {
        List<Map<String, Double>> heard = new ArrayList<>();
        TrainSpec impatient = spec(200, 0.02, 2, null);
        BiLstmClassifier network = network(7);
        try (Lanes lanes = new Lanes(1)) {
            RunState end = training(network, impatient, "a", Progress.NONE, (_, values) -> heard.add(values))
                    .run(lanes);

            assertThat(end.epoch() - 1).isEqualTo(end.bestEpoch() + 2).isLessThan(200);
            RunState again = new TrainingLoop(
                            lesson(network, validation), spec(1, 1e-30, 1, null), checkpoint("b"), Audience.NONE)
                    .run(lanes);
            assertThat(again.history().getFirst().get("validation_loss"))
                    .isCloseTo(heard.get(end.bestEpoch() - 1).get("validation_loss"), within(1e-6));
        }
    }

    @Test
    void endsWithinItsTimeBudgetWithTheBestSoFar() throws IOException {
        BiLstmClassifier network = network(7);
        try (Lanes lanes = new Lanes(1)) {
            RunState end = training(
                            network, spec(10_000, 0.001, 1000, 0.5 / 60), "a", Progress.NONE, MetricListener.NONE)
                    .run(lanes);

            assertThat(end.seconds()).isBetween(0.5, 5.0);
            assertThat(end.bestEpoch()).isPositive();
        }
    }

    @Test
    void saysWhyAndWhatToDoWhenTheLossIsNoLongerANumber() throws IOException {
        BiLstmClassifier network = network(7);
        try (Lanes lanes = new Lanes(1)) {
            network.weights().values()[100] = Float.POSITIVE_INFINITY;
            TrainingLoop training = training(network, SPEC, "a", Progress.NONE, MetricListener.NONE);

            assertThatThrownBy(() -> training.run(lanes)).isInstanceOfSatisfying(ProblemException.class, e -> {
                assertThat(e.problems().getFirst().code()).isEqualTo("training.diverged");
                assertThat(e).hasMessageContaining("train.learning_rate=0.01").hasMessageContaining("0.001 or less");
            });
        }
    }

    @Test
    void trainsAllEpochsAndKeepsTheLastWithoutValidationRows() throws IOException {
        BiLstmClassifier network = network(7);
        try (Lanes lanes = new Lanes(1)) {
            RunState end = new TrainingLoop(
                            lesson(network, null), spec(3, 0.01, 1, null), checkpoint("a"), Audience.NONE)
                    .run(lanes);

            assertThat(end.epoch() - 1).isEqualTo(3).isEqualTo(end.bestEpoch());
            assertThat(end.history().getFirst()).containsKey("train_loss").doesNotContainKey("validation_loss");
        }
    }

    private float[] weights(TrainSpec spec, String checkpoint, long seed, int threads) throws IOException {
        BiLstmClassifier network = network(seed);
        try (Lanes lanes = new Lanes(threads)) {
            training(network, spec, checkpoint, Progress.NONE, MetricListener.NONE)
                    .run(lanes);
            return network.weights().values().clone();
        }
    }

    private TrainingLoop training(
            BiLstmClassifier network, TrainSpec spec, String checkpoint, Progress progress, MetricListener metrics) {
        return new TrainingLoop(
                lesson(network, validation), spec, checkpoint(checkpoint), new Audience(progress, metrics));
    }

    private Checkpoint checkpoint(String name) {
        return new Checkpoint(folder.resolve("checkpoint-" + name), "run");
    }

    private Lesson lesson(BiLstmClassifier network, @Nullable TokenStore judging) {
        RareTokens rare = RareTokens.of(train, Texts.VOCABULARY);
        return new Lesson(
                network,
                new CrossEntropy(),
                new TextExamples(train, rare),
                judging == null ? null : new TextExamples(judging, rare),
                new ClassExaminer(Texts.LABELS));
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

    private static BiLstmClassifier network(long seed) {
        return new BiLstmClassifier(
                new BiLstmConfig(Texts.VOCABULARY, 8, 8, 8, 0.2, 16, List.of("a", "b", "c", "d")), seed);
    }

    private static TrainSpec spec(int epochs, double rate, int patience, @Nullable Double minutes) {
        return new TrainSpec(epochs, 32, rate, 0.001, 1, patience, BestMetric.LOSS, 7, minutes);
    }

    @SuppressWarnings("NullAway") // set before each test
    private static TokenStore never() {
        return null;
    }
}
