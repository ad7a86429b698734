package dev.sampan.training.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Progress;
import dev.sampan.network.BiLstmClassifier;
import dev.sampan.network.BiLstmConfig;
import dev.sampan.spec.TrainSpec;
import dev.sampan.spec.TrainSpec.BestMetric;
import dev.sampan.training.MetricListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.bytedeco.javacpp.Pointer;
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
        try (Lanes lanes = new Lanes(1);
                BiLstmClassifier network = network(7)) {
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
            try (Lanes lanes = new Lanes(1);
                    BiLstmClassifier network = network(7)) {
                BiLstmTraining first = training(network, SPEC, name, stoppingAfter(steps), MetricListener.NONE);
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
        try (Lanes lanes = new Lanes(1);
                BiLstmClassifier network = network(7)) {
            RunState end = training(network, impatient, "a", Progress.NONE, (_, values) -> heard.add(values))
                    .run(lanes);

            assertThat(end.epoch() - 1).isEqualTo(end.bestEpoch() + 2).isLessThan(200);
            Scores kept = new Crew(network, RareTokens.of(train, Texts.VOCABULARY), 32, lanes).judge(validation);
            assertThat(kept.loss()).isEqualTo(heard.get(end.bestEpoch() - 1).get("validation_loss"));
        }
    }

    @Test
    void endsWithinItsTimeBudgetWithTheBestSoFar() throws IOException {
        try (Lanes lanes = new Lanes(1);
                BiLstmClassifier network = network(7)) {
            RunState end = training(
                            network, spec(10_000, 0.001, 1000, 0.5 / 60), "a", Progress.NONE, MetricListener.NONE)
                    .run(lanes);

            assertThat(end.seconds()).isBetween(0.5, 5.0);
            assertThat(end.bestEpoch()).isPositive();
        }
    }

    @Test
    void saysWhyAndWhatToDoWhenTheLossIsNoLongerANumber() throws IOException {
        try (Lanes lanes = new Lanes(1);
                BiLstmClassifier network = network(7)) {
            network.weights().values()[100] = Float.POSITIVE_INFINITY;
            BiLstmTraining training = training(network, SPEC, "a", Progress.NONE, MetricListener.NONE);

            assertThatThrownBy(() -> training.run(lanes)).isInstanceOfSatisfying(ProblemException.class, e -> {
                assertThat(e.problems().getFirst().code()).isEqualTo("training.diverged");
                assertThat(e).hasMessageContaining("train.learning_rate=0.01").hasMessageContaining("0.001 or less");
            });
        }
    }

    @Test
    void trainsAllEpochsAndKeepsTheLastWithoutValidationRows() throws IOException {
        try (Lanes lanes = new Lanes(1);
                BiLstmClassifier network = network(7)) {
            Checkpoint checkpoint = new Checkpoint(folder.resolve("checkpoint-a"), "a");
            RunState end = new BiLstmTraining(
                            network, new Tokens(train, null), spec(3, 0.01, 1, null), checkpoint, Audience.NONE)
                    .run(lanes);

            assertThat(end.epoch() - 1).isEqualTo(3).isEqualTo(end.bestEpoch());
            assertThat(end.history().getFirst()).containsKey("train_loss").doesNotContainKey("validation_loss");
        }
    }

    @Test
    void keepsMemoryFlatOverHundredsOfSteps() throws IOException {
        try (Lanes lanes = new Lanes(2);
                BiLstmClassifier network = network(7)) {
            Crew crew = new Crew(network, RareTokens.of(train, Texts.VOCABULARY), 64, lanes);
            int[] rows = Texts.all(64);
            for (int step = 0; step < 300; step++) {
                crew.learn(train, rows, 1, 1, step);
            }
            long before = Pointer.physicalBytes();
            for (int step = 0; step < 600; step++) {
                crew.learn(train, rows, 1, 2, step);
            }
            assertThat(Pointer.physicalBytes() - before).isLessThan(48L << 20);
        }
    }

    private float[] weights(TrainSpec spec, String checkpoint, long seed, int threads) throws IOException {
        try (Lanes lanes = new Lanes(threads);
                BiLstmClassifier network = network(seed)) {
            training(network, spec, checkpoint, Progress.NONE, MetricListener.NONE)
                    .run(lanes);
            return network.weights().values().clone();
        }
    }

    private BiLstmTraining training(
            BiLstmClassifier network, TrainSpec spec, String checkpoint, Progress progress, MetricListener metrics) {
        return new BiLstmTraining(
                network,
                new Tokens(train, validation),
                spec,
                new Checkpoint(folder.resolve("checkpoint-" + checkpoint), "run"),
                new Audience(progress, metrics));
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
