package dev.sampan.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.InstanceOfAssertFactories.map;

import dev.sampan.data.Dataset;
import dev.sampan.data.Datasets;
import dev.sampan.data.Row;
import dev.sampan.data.RowReader;
import dev.sampan.data.Split;
import dev.sampan.data.image.Picture;
import dev.sampan.data.image.PlainPng;
import dev.sampan.evaluation.Evaluator;
import dev.sampan.evaluation.Report;
import dev.sampan.explanation.Explainer;
import dev.sampan.explanation.Explanation;
import dev.sampan.explanation.Explanation.TokenWeight;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Progress;
import dev.sampan.model.ModelPackage;
import dev.sampan.runtime.Prediction;
import dev.sampan.runtime.Runtime;
import dev.sampan.runtime.Runtimes;
import dev.sampan.spec.Spec;
import dev.sampan.spec.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Fruit that is sold when two of three say so: what the tasters write, a bright upper half of the photograph, a
/// sweetness above 0. Each alone is right in three of four rows. Some rows lack the words, some the photograph.
class FusionTrainingTests {
    private static final String TEXT = "{name: taste, type: text}";
    private static final String IMAGE = "{name: photo, type: image}";
    private static final String TABLE = "{name: sweet, type: number}, {name: shop, type: category}";
    private static final String ALL = TEXT + ", " + IMAGE + ", " + TABLE;
    private static final List<String> GOOD = List.of("crisp", "fresh", "juicy", "lovely");
    private static final List<String> BAD = List.of("mealy", "stale", "sour", "rotten");

    @TempDir
    Path folder;

    @BeforeEach
    void fruit() throws IOException {
        SplittableRandom random = new SplittableRandom(8);
        List<String> lines = new ArrayList<>(List.of("taste,photo,sweet,shop,sold,price"));
        for (int i = 0; i < 480; i++) {
            int text = random.nextInt(2);
            int photo = random.nextInt(2);
            int sweet = random.nextInt(2);
            List<String> words = text == 1 ? GOOD : BAD;
            String taste = words.get(random.nextInt(4)) + " fruit " + words.get(random.nextInt(4)) + " number " + i;
            byte[] pixels = new byte[64];
            for (int k = 0; k < 64; k++) {
                pixels[k] = (byte) (random.nextInt(60) + (k / 32 == 1 - photo ? 150 : 0));
            }
            Files.write(folder.resolve(i + ".png"), PlainPng.of(new Picture(8, 8, 1, pixels)));
            double sweetness = (sweet == 1 ? 1 : -1) + 0.3 * random.nextGaussian();
            lines.add((i % 20 == 3 ? "" : taste) + "," + (i % 20 == 7 ? "" : i + ".png") + "," + sweetness + ",s"
                    + random.nextInt(5) + "," + (text + photo + sweet >= 2 ? "yes" : "no") + ","
                    + (10 + 4 * text + 4 * photo + 4 * sweet));
        }
        Files.write(folder.resolve("fruit.csv"), lines);
    }

    private Spec spec(String task, String inputs, String output, String model) throws IOException {
        Path file = folder.resolve("sampan.yaml");
        Files.writeString(file, """
                name: fruit
                task: %s
                data:
                  dataset: fruit.csv
                  input_features: [%s]
                  output_features: [%s]
                  split: {type: hash, probabilities: [0.6, 0.15, 0.25]}
                  quality: {fail_on: []}
                %s
                train: {num_train_epochs: 12, learning_rate: 0.01, per_device_train_batch_size: 16}
                """.formatted(task, inputs, output, model));
        return Specs.read(file, List.of());
    }

    private record Made(ModelPackage model, Dataset dataset, Report report) {}

    private Made made(String name, String task, String inputs, String output) throws IOException {
        Spec spec = spec(
                task,
                inputs,
                output,
                "model: {type: fusion, channels: [4], dense_size: 16, hidden_sizes: [16], embedding_size: 8}");
        Dataset dataset = Datasets.prepare(spec, folder.resolve(name + "-data"), Progress.NONE);
        Path work = folder.resolve(name + "-work");
        TrainingJob job = new TrainingJob(spec, dataset, folder.resolve(name), false, work, 2);
        Training.train(job, Progress.NONE, MetricListener.NONE);
        ModelPackage model = ModelPackage.open(folder.resolve(name));
        try (Runtime runtime = Runtimes.open(model, 1, 16);
                RowReader rows = Datasets.calls(dataset, Split.TEST, model.features())) {
            return new Made(
                    model,
                    dataset,
                    Evaluator.judge(model, runtime, rows, Datasets.LABEL, spec.evaluate(), Progress.NONE));
        }
    }

    private static List<Map<String, String>> calls(Made made) throws IOException {
        List<Map<String, String>> calls = new ArrayList<>();
        try (RowReader rows =
                Datasets.calls(made.dataset(), Split.TEST, made.model().features())) {
            for (Row row = rows.next(); row != null; row = rows.next()) {
                Map<String, String> call = new HashMap<>();
                for (int i = 0; i < made.dataset().inputs().size(); i++) {
                    call.put(made.dataset().inputs().get(i), row.values().get(i));
                }
                calls.add(call);
            }
        }
        return calls;
    }

    @Test
    void allPartsTogetherAnswerBetterThanEachAlone() throws IOException {
        String sold = "{name: sold, type: category}";
        double together = accuracy(made("all", "tabular_classification", ALL, sold));
        double text = accuracy(made("text", "text_classification", TEXT, sold));
        double image = accuracy(made("image", "image_classification", IMAGE, sold));
        double table = accuracy(made("table", "tabular_classification", TABLE, sold));

        assertThat(together).isGreaterThan(0.85);
        assertThat(Math.max(text, Math.max(image, table)))
                .as("alone: %s, %s, %s", text, image, table)
                .isLessThan(together - 0.05);
    }

    private static double accuracy(Made made) {
        return made.report().metric("accuracy").value();
    }

    @Test
    void eachAnswerSaysWhatItsPartsHadToDoWithIt() throws IOException {
        Made made = made("shares", "image_classification", ALL, "{name: sold, type: category}");
        List<?> told = (List<?>)
                Objects.requireNonNull(made.model().manifest().training().get("parts"));
        assertThat(told)
                .hasSize(3)
                .allSatisfy(part ->
                        assertThat((Double) ((Map<?, ?>) part).get("share")).isBetween(0.1, 0.8));

        Map<String, String> row = new HashMap<>(calls(made).getFirst());
        row.put("photo", "");
        try (Runtime runtime = Runtimes.open(made.model(), 1, 16)) {
            assertThat(runtime.predict(calls(made)))
                    .allSatisfy(answer -> assertThat(answer.shares().stream()
                                    .mapToDouble(Prediction.Share::share)
                                    .sum())
                            .isCloseTo(1, within(1e-4)));
            assertThat(runtime.predict(List.of(row)).getFirst().toTree(runtime.labels()))
                    .extractingByKey("shares", map(String.class, Double.class))
                    .containsOnlyKeys("taste", "photo", "table")
                    .containsEntry("photo", 0.0);
            assertThat(Explainer.explains(made.model().features())).isTrue();
            Explanation found = Explainer.explain(
                    runtime,
                    made.model().features(),
                    row,
                    spec("image_classification", ALL, "{name: sold, type: category}", "model: {type: fusion}")
                            .explain(),
                    Progress.NONE);
            assertThat(found.method()).isEqualTo("shares");
            assertThat(found.tokens())
                    .extracting(TokenWeight::text)
                    .containsExactly("taste", " ", "photo", " ", "table");
            assertThat(found.tokens().get(2).weight()).isZero();

            Map<String, Object> empty = runtime.predict(List.of(row)).getFirst().toTree(runtime.labels());
            row.remove("photo");
            assertThat(runtime.predict(List.of(row)).getFirst().toTree(runtime.labels()))
                    .isEqualTo(empty);
            row.put("foto", "");
            assertThatThrownBy(() -> runtime.predict(List.of(row))).hasMessageContaining("no 'photo'");
        }
    }

    @Test
    void aQuantityIsFusedToo() throws IOException {
        Made made = made("price", "regression", ALL, "{name: price, type: number}");

        assertThat(made.report().metric("rmse").value()).isLessThan(2); // of a deviation of 3.5
        try (Runtime runtime = Runtimes.open(made.model(), 1, 16)) {
            Prediction.Quantity nothing = (Prediction.Quantity)
                    runtime.predict(List.of(Map.of("taste", "", "photo", "", "sweet", "1.0", "shop", "s1")))
                            .getFirst();
            assertThat(nothing.value()).isBetween(8.0, 24.0);
            assertThat(nothing.shares()).extracting(Prediction.Share::part).containsExactly("taste", "photo", "table");
        }
    }

    @Test
    void columnsOfSeveralKindsNeedFusion() {
        assertThatThrownBy(() -> spec("text_classification", ALL, "{name: sold, type: category}", ""))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("A column of type 'image' cannot be read by the task 'text_classification'")
                .hasMessageContaining("Write model: {type: fusion}");
    }
}
