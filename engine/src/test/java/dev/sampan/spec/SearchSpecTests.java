package dev.sampan.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampan.kernel.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Blocks `search` and `track`, and `model: auto`.
class SearchSpecTests {
    @TempDir
    Path folder;

    private Spec read(String more) throws IOException {
        Files.writeString(folder.resolve("rows.csv"), "question,label\na,b\n");
        return Specs.read(Files.writeString(folder.resolve("sampan.yaml"), """
                name: tickets
                task: text_classification
                data:
                  dataset: rows.csv
                  input_features: [{name: question, type: text}]
                  output_features: [{name: label, type: category}]
                """ + more), List.of());
    }

    @Test
    void readsTheSearchOfTheGuide() throws IOException {
        SearchSpec search = Objects.requireNonNull(read("""
                model: {type: bilstm}
                search:
                  goal: maximize
                  metric: f1_macro
                  algorithm: tpe
                  scheduler: asha
                  num_samples: 20
                  max_minutes: 60
                  parameters:
                    train.learning_rate: {space: loguniform, lower: 1.0e-5, upper: 1.0e-3}
                    train.per_device_train_batch_size: {space: choice, values: [16, 32]}
                    model.max_length: {space: int, lower: 16, upper: 128}
                """).search());
        assertThat(search.maxMinutes()).isEqualTo(60.0);
        assertThat(search.parameters())
                .isEqualTo(Map.of(
                        "train.learning_rate", new SearchSpec.LogUniform(1e-5, 1e-3),
                        "train.per_device_train_batch_size", new SearchSpec.Choice(List.of(16L, 32L)),
                        "model.max_length", new SearchSpec.Whole(16, 128)));
    }

    @Test
    void theGoalIsWhatTheMetricMeans() throws IOException {
        String more = "search: {metric: log_loss, parameters: {train.seed: {space: int, lower: 1, upper: 9}}}\n";
        assertThat(read(more).search()).extracting(SearchSpec::goal).isEqualTo(SearchSpec.Goal.MINIMIZE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    train.lerning_rate: {space: uniform, lower: 0.1, upper: 1} | Did you mean 'train.learning_rate'?
                    data.dataset: {space: choice, values: [a]}                 | is no key of the blocks train and model
                    train.seed: {space: int, lower: 9, upper: 1}               | needs lower below upper
                    train.seed: {space: int, lower: 1.5, upper: 3}             | needs whole bounds
                    train.learning_rate: {space: loguniform, lower: 0, upper: 1} | needs lower above 0
                    train.learning_rate: {space: choice}                       | names its values
                    train.learning_rate: {space: normal, lower: 0, upper: 1}   | is not in this version
                    """)
    void refusesWhatCannotBeSearched(String parameter, String why) {
        assertThatThrownBy(() -> read("search:\n  parameters:\n    " + parameter + "\n"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused ->
                                assertThat(refused.problems().getFirst().line()).contains(why));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    model: {type: ngram}  | scheduler: asha | train.seed           | there are none for a linear head
                    model: {type: bilstm} | scheduler: asha | train.num_train_epochs | cannot be varied
                    model: {type: bilstm} | scheduler: asha | train.max_steps | cannot be varied
                    model: auto           | seed: 1         | train.seed           | must say which architectures
                    """)
    void refusesASearchThatWouldCompareNothing(String block, String key, String varied, String why) {
        assertThatThrownBy(() -> read(block + "\nsearch:\n  " + key + "\n  parameters: {" + varied
                        + ": {space: int, lower: 1, upper: 9}}\n"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused ->
                                assertThat(refused.problems().getFirst().line()).contains(why));
    }

    @Test
    void theMetricIsTheTasksWhereNoneIsWritten() throws IOException {
        String search = "search: {parameters: {train.seed: {space: int, lower: 1, upper: 9}}}\n";
        assertThat(read(search).search()).extracting(SearchSpec::metric).isEqualTo("f1_macro");
        Files.writeString(folder.resolve("rows.csv"), "size,price\n1,2\n");
        Spec regression = Specs.read(Files.writeString(folder.resolve("sampan.yaml"), """
                name: flats
                task: regression
                data:
                  dataset: rows.csv
                  input_features: [{name: size, type: number}]
                  output_features: [{name: price, type: number}]
                """ + search), List.of());
        SearchSpec found = Objects.requireNonNull(regression.search());
        assertThat(found.metric()).isEqualTo("rmse");
        assertThat(found.goal()).isEqualTo(SearchSpec.Goal.MINIMIZE);
        assertThat(Specs.fromTree(Specs.toTree(regression), folder)).isEqualTo(regression);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    text_classification | a: text | category | pretrained,bilstm,ngram,rnn,lstm,gru,textcnn
                    text_classification | a: text, n: number | category | fusion
                    tabular_classification | n: number, c: category | category | xgboost,mlp,wide_deep,linear
                    tabular_classification | n: number, a: text | category | fusion
                    regression | n: number | number | xgboost,mlp,wide_deep,linear
                    regression | n: number, a: text | number | fusion
                    token_classification | a: text | sequence | bilstm_crf
                    timeseries | d: date | number | forecaster
                    anomaly | n: number | category | autoencoder
                    recommend | a: category, c: category | none | recommender
                    """)
    void autoKnowsWhatCanDoTheTaskWithTheseColumns(String task, String columns, String output, String architectures)
            throws IOException {
        Files.writeString(folder.resolve("rows.csv"), "a,c,d,n,label\na,b,2024-01-01,1,2\n");
        String inputs = Arrays.stream(columns.split(","))
                .map(one -> "{name: " + one.strip().replace(":", ", type:") + "}")
                .collect(Collectors.joining(", "));
        Spec spec = Specs.read(
                Files.writeString(folder.resolve("sampan.yaml"), """
                name: any
                task: %s
                data:
                  dataset: rows.csv
                  input_features: [%s]
                %s
                model: auto
                """.formatted(
                        task,
                        inputs,
                        output.equals("none") ? "" : "  output_features: [{name: label, type: " + output + "}]")),
                List.of());
        assertThat(Specs.architectures(spec)).containsExactlyInAnyOrder(architectures.split(","));
        assertThat(EvaluateSpec.METRICS).contains(SearchSpec.mainMetric(spec.task()));
    }

    @Test
    void autoMayBeWrittenAsAWord() throws IOException {
        assertThat(read("model: auto\n").model()).isEqualTo(new ModelSpec.Auto());
        assertThat(read("model: {type: auto}\n").model()).isEqualTo(new ModelSpec.Auto());
        assertThat(Specs.architectures(read("model: auto\n"))).contains("pretrained", "bilstm");
    }

    @Test
    void aRunIsTrackedUnderTheFilesNameUnlessAnotherIsWritten() throws IOException {
        assertThat(read("").track()).isEqualTo(new TrackSpec("tickets", Map.of()));
        assertThat(read("track: {experiment: desk, tags: {owner: li}}\n").track())
                .isEqualTo(new TrackSpec("desk", Map.of("owner", "li")));
    }
}
