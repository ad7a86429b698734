package dev.sampan.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampan.data.Dataset;
import dev.sampan.data.Datasets;
import dev.sampan.data.RowReader;
import dev.sampan.data.Split;
import dev.sampan.evaluation.Evaluator;
import dev.sampan.evaluation.Report;
import dev.sampan.kernel.Progress;
import dev.sampan.model.Manifest;
import dev.sampan.model.ModelPackage;
import dev.sampan.runtime.Runtime;
import dev.sampan.runtime.Runtimes;
import dev.sampan.spec.Spec;
import dev.sampan.spec.Specs;
import dev.sampan.training.TrainingJob.Purpose;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A trial's score is one of rows that it has not learnt from, and a trial that pauses can be gone on with.
class TrialTests {
    private static final Purpose TRIAL = new Purpose.Trial(Integer.MAX_VALUE);

    @TempDir
    Path folder;

    /// Labels that nothing tells: who has not seen them guesses half of them, who has seen them knows most, for
    /// nothing is held back by a penalty.
    private Spec guesses(String task, String inputs, String model) throws IOException {
        SplittableRandom random = new SplittableRandom(8);
        List<String> lines = new ArrayList<>(List.of("text,a,b,c,label"));
        for (int row = 0; row < 700; row++) {
            lines.add("%d %d %d,%f,%f,%f,%s"
                    .formatted(
                            random.nextInt(300),
                            random.nextInt(300),
                            random.nextInt(300),
                            random.nextDouble(),
                            random.nextDouble(),
                            random.nextDouble(),
                            random.nextBoolean() ? "yes" : "no"));
        }
        Files.write(folder.resolve("rows.csv"), lines);
        return Specs.read(
                Files.writeString(folder.resolve("sampan.yaml"), """
                name: coins
                task: %s
                data:
                  dataset: rows.csv
                  input_features: %s
                  output_features: [{name: label, type: category}]
                  split: {type: random, probabilities: [0.5, 0.4, 0.1]}
                  quality: {fail_on: []}
                model: %s
                train: {weight_decay: 1.0e-9, num_train_epochs: 10}
                """.formatted(task, inputs, model)), List.of());
    }

    private static final String COLUMNS = "[{name: a, type: number}, {name: b, type: number}, {name: c, type: number}]";
    private static final String TEXT = "[{name: text, type: text}]";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {type: xgboost, n_estimators: 20, max_depth: 16, min_child_weight: 0, learning_rate: 0.5} | true
                    {type: mlp, hidden_sizes: [16]} | false
                    {type: linear}                  | false
                    """)
    void ofColumnsItGuessesWhatItHasNotSeen(String model, boolean again) throws IOException {
        assertGuesses(guesses("tabular_classification", COLUMNS, model), again);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {type: ngram}                                                                            | true
                    {type: pretrained, model_name_or_path: all-MiniLM-L6-v2, max_length: 12, ngrams: never} | true
                    {type: textcnn, embedding_size: 16}                                                      | false
                    """)
    void ofTextsItGuessesWhatItHasNotSeen(String model, boolean again) throws IOException {
        assertGuesses(guesses("text_classification", TEXT, model), again);
    }

    /// @param again whether the architecture learns from validation rows when it is not tried but used
    private void assertGuesses(Spec spec, boolean again) throws IOException {
        Dataset dataset = Datasets.prepare(spec, folder.resolve("data"), Progress.NONE);
        ModelPackage tried = trained(spec, dataset, "tried", TRIAL);
        assertThat(judged(tried, dataset).metric("accuracy").value()).isBetween(0.35, 0.65);
        assertThat(tried.manifest().training().containsKey(Manifest.UNFINISHED)).isEqualTo(again);
        if (again) {
            ModelPackage used = trained(spec, dataset, "used", new Purpose.Use());
            assertThat(used.manifest().training())
                    .containsEntry("fitted_on", "train and validation")
                    .doesNotContainKey(Manifest.UNFINISHED);
            assertThat(judged(used, dataset).metric("accuracy").value()).isGreaterThan(0.67);
        }
    }

    @Test
    void aForecastThatIsTriedBeginsWhereTheTrainingRowsEnd() throws IOException {
        StringBuilder rows = new StringBuilder("day,sold\n");
        LocalDate first = LocalDate.of(2024, 1, 1);
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 200; i++) {
            rows.append(first.plusDays(i))
                    .append(',')
                    .append(50 + 10 * (i % 7) + random.nextInt(5))
                    .append('\n');
        }
        Files.writeString(folder.resolve("rows.csv"), rows);
        Spec spec = Specs.read(Files.writeString(folder.resolve("sampan.yaml"), """
                name: sales
                task: timeseries
                data:
                  dataset: rows.csv
                  input_features: [{name: day, type: date}]
                  output_features: [{name: sold, type: number}]
                  split: {type: datetime, column: day, probabilities: [0.7, 0.15, 0.15]}
                model: {type: forecaster, horizon: 7}
                """), List.of());
        Dataset dataset = Datasets.prepare(spec, folder.resolve("data"), Progress.NONE);

        ModelPackage tried = trained(spec, dataset, "tried", TRIAL);

        assertThat(judged(tried, dataset).metric("mase").value()).isBetween(0.01, 1.5);
        assertThat(tried.manifest().training()).containsEntry("fitted_on", "train");
    }

    @Test
    void aRecommenderThatIsTriedDoesNotKnowWhatItIsAskedFor() throws IOException {
        SplittableRandom random = new SplittableRandom(4);
        StringBuilder rows = new StringBuilder("user,thing\n");
        for (int i = 0; i < 1500; i++) {
            int user = random.nextInt(60);
            rows.append("u")
                    .append(user)
                    .append(",t")
                    .append(user % 3 * 20 + random.nextInt(20))
                    .append('\n');
        }
        Files.writeString(folder.resolve("rows.csv"), rows);
        Spec spec = Specs.read(Files.writeString(folder.resolve("sampan.yaml"), """
                name: shop
                task: recommend
                data:
                  dataset: rows.csv
                  input_features: [{name: user, type: category}, {name: thing, type: category}]
                  split: {type: random, probabilities: [0.7, 0.2, 0.1]}
                  quality: {fail_on: []}
                model: {type: recommender, method: ease}
                """), List.of());
        Dataset dataset = Datasets.prepare(spec, folder.resolve("data"), Progress.NONE);

        ModelPackage tried = trained(spec, dataset, "tried", TRIAL);

        assertThat(judged(tried, dataset).metric("ndcg").value()).isBetween(0.1, 0.9);
        assertThat(tried.manifest().training()).containsEntry("fitted_on", "train");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{eval_steps: 3}"})
    void aTrialThatPausedGoesOnToTheWeightsOfOneThatDidNot(String train) throws IOException {
        Spec spec = Example.spec(
                folder,
                "{type: bilstm, hidden_size: 8, embedding_size: 8}\ntrain: " + train,
                "train.num_train_epochs=4",
                "train.lr_scheduler_type=linear");
        Dataset dataset = Example.dataset(spec, folder.resolve("data"));

        ModelPackage paused = trained(spec, dataset, "first", new Purpose.Trial(1));
        assertThat(paused.manifest().training()).containsEntry(Manifest.UNFINISHED, "paused after 1 of 4 epochs");
        trained(spec, dataset, "second", new Purpose.Trial(2));
        ModelPackage end = trained(spec, dataset, "third", new Purpose.Use());
        assertThat(folder.resolve("work/checkpoint")).doesNotExist();
        ModelPackage uninterrupted = trained(spec, dataset, "whole", new Purpose.Use());

        assertThat(end.manifest().training()).doesNotContainKey(Manifest.UNFINISHED);
        assertThat(end.folder().resolve("model.safetensors"))
                .hasSameBinaryContentAs(uninterrupted.folder().resolve("model.safetensors"));
    }

    private ModelPackage trained(Spec spec, Dataset dataset, String name, Purpose purpose) {
        TrainingJob job =
                new TrainingJob(spec, dataset, folder.resolve(name), false, folder.resolve("work"), 2, purpose);
        return Training.train(job, Progress.NONE, MetricListener.NONE);
    }

    private static Report judged(ModelPackage model, Dataset dataset) throws IOException {
        try (Runtime runtime = Runtimes.openForManyRows(model);
                RowReader rows = Datasets.calls(dataset, Split.VALIDATION, model.features())) {
            return Evaluator.judge(
                    model,
                    runtime,
                    rows,
                    dataset.output().isEmpty() ? null : Datasets.LABEL,
                    Specs.fromTree(model.manifest().spec(), Path.of("")).evaluate(),
                    Progress.NONE);
        }
    }
}
