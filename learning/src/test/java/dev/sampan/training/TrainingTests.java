package dev.sampan.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sampan.data.Dataset;
import dev.sampan.data.Split;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Progress;
import dev.sampan.model.ModelPackage;
import dev.sampan.model.Safetensors;
import dev.sampan.runtime.Runtime;
import dev.sampan.runtime.Runtimes;
import dev.sampan.spec.Spec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingTests {
    private static final String BILSTM =
            "{type: bilstm, embedding_size: 16, hidden_size: 8, dense_size: 8, dropout: 0.1}";
    private static final List<Map<String, String>> QUESTIONS = List.of(
            Map.of("text", "where is my parcel"),
            Map.of("text", "i want my money back please"),
            Map.of("text", "password"),
            Map.of("text", "the account is locked the account is locked about my account"));

    @TempDir
    Path folder;

    @Test
    void makesAPackageThatAnswersFromABiLstm() throws IOException {
        Spec spec = Example.spec(folder, BILSTM, "train.learning_rate=0.01", "train.num_train_epochs=15");
        List<Integer> epochs = new ArrayList<>();

        ModelPackage made = Training.train(job(spec, "out", 1), Progress.NONE, (epoch, _) -> epochs.add(epoch));

        assertThat(answers(made)).containsExactly("delivery", "refund", "account", "account");
        assertThat(made.manifest().architecture()).isEqualTo("bilstm");
        assertThat(made.manifest().training())
                .containsKeys(
                        "seed",
                        "epochs",
                        "best_epoch",
                        "seconds",
                        "cpu_seconds",
                        "threads",
                        "java",
                        "libtorch",
                        "history");
        assertThat(epochs).hasSize(fact(made, "epochs"));
        assertThat(Safetensors.read(made.folder().resolve("model.safetensors")))
                .containsKeys("embedding.weight", "lstm.weight_hh_l0_reverse", "classifier.bias");
        Map<?, ?> config = Json.read(Files.readString(made.folder().resolve("config.json")), Map.class);
        assertThat(config.get("model_type")).isEqualTo("bilstm");
        assertThat(config.get("hidden_size")).isEqualTo(8);
        assertThat(folder.resolve("work/checkpoint")).as("of a finished run").doesNotExist();
    }

    @Test
    void makesAPackageThatAnswersFromAPretrainedEncoderChosenByTheLanguage() throws IOException {
        Spec spec = Example.spec(folder, "{model_name_or_path: auto, max_length: 32}");

        ModelPackage made = Training.train(job(spec, "out", 2), Progress.NONE, MetricListener.NONE);

        assertThat(answers(made)).containsExactly("delivery", "refund", "account", "account");
        assertThat(made.manifest().training()).containsEntry("encoder", "all-MiniLM-L6-v2");
        assertThat(made.manifest().licences())
                .anySatisfy(line -> assertThat(line).contains("Apache-2.0"));
        assertThat(Safetensors.read(made.folder().resolve("model.safetensors")))
                .containsOnlyKeys("classifier.weight", "classifier.bias");
    }

    @Test
    void labelsHaveTheOrderOfTheDataSetAndCountsOfTheTrainingRows() throws IOException {
        Spec spec = Example.spec(folder, BILSTM, "train.num_train_epochs=1");
        TrainingJob job = job(spec, "out", 1);

        ModelPackage made = Training.train(job, Progress.NONE, MetricListener.NONE);

        assertThat(made.features().labels()).isEqualTo(job.dataset().labels());
        assertThat(made.manifest().labelCounts().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(job.dataset().rows().get(Split.TRAIN));
    }

    @Test
    void leavesNothingBehindWhenCancelledAndGoesOnToTheSameModel() throws IOException {
        Spec spec = Example.spec(folder, BILSTM, "train.num_train_epochs=4");
        Dataset dataset = Example.dataset(spec, folder.resolve("data"));
        TrainingJob whole = new TrainingJob(spec, dataset, folder.resolve("whole"), false, folder.resolve("w1"), 1);
        TrainingJob broken = new TrainingJob(spec, dataset, folder.resolve("broken"), false, folder.resolve("w2"), 1);

        assertThatThrownBy(() -> Training.train(broken, cancelledDuring("train", 9), MetricListener.NONE))
                .isInstanceOf(CancellationException.class);
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("questions.csv", "sampan.yaml", "data", "w2");
        }
        ModelPackage resumed = Training.train(broken, Progress.NONE, MetricListener.NONE);
        ModelPackage uninterrupted = Training.train(whole, Progress.NONE, MetricListener.NONE);

        assertThat(resumed.folder().resolve("model.safetensors"))
                .hasSameBinaryContentAs(uninterrupted.folder().resolve("model.safetensors"));
    }

    @Test
    void refusesAnExistingPackageBeforeItTrains() throws IOException {
        Spec spec = Example.spec(folder, BILSTM, "train.num_train_epochs=1");
        TrainingJob job = job(spec, "out", 1);
        Training.train(job, Progress.NONE, MetricListener.NONE);

        assertThatThrownBy(() -> Training.train(job, cancelledDuring("train", 0), MetricListener.NONE))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problems().getFirst().code()).isEqualTo("output.exists"));
    }

    @Test
    void answersInServingAsValidationSawInTraining() throws IOException {
        Spec spec = Example.spec(folder, BILSTM, "train.num_train_epochs=3");
        TrainingJob job = job(spec, "out", 1);
        List<Double> accuracies = new ArrayList<>();
        ModelPackage made = Training.train(
                job, Progress.NONE, (_, values) -> accuracies.add(values.getOrDefault("validation_accuracy", -1.0)));

        int best = fact(made, "best_epoch");
        assertThat(Served.accuracy(made, job.dataset())).isCloseTo(accuracies.get(best - 1), within(1e-9));
    }

    private TrainingJob job(Spec spec, String out, int threads) {
        Dataset dataset = Example.dataset(spec, folder.resolve("data"));
        return new TrainingJob(spec, dataset, folder.resolve(out), false, folder.resolve("work"), threads);
    }

    private static int fact(ModelPackage model, String name) {
        return Integer.parseInt(String.valueOf(model.manifest().training().get(name)));
    }

    private static List<String> answers(ModelPackage model) {
        try (Runtime runtime = Runtimes.open(model, 1, 8)) {
            return runtime.predict(QUESTIONS).stream()
                    .map(answer -> answer.category().label())
                    .toList();
        }
    }

    private static Progress cancelledDuring(String name, int times) {
        return new Progress() {
            private int heard;

            @Override
            public void at(String step, long done, long total, String note) {
                heard += step.equals(name) ? 1 : 0;
            }

            @Override
            public boolean cancelled() {
                return heard > times;
            }
        };
    }
}
