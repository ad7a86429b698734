package dev.sampan.training.internal.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampan.data.Dataset;
import dev.sampan.data.Datasets;
import dev.sampan.data.RowReader;
import dev.sampan.data.SampleFeatures;
import dev.sampan.data.Split;
import dev.sampan.evaluation.Evaluator;
import dev.sampan.evaluation.Report;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Progress;
import dev.sampan.model.Manifest;
import dev.sampan.model.ModelPackage;
import dev.sampan.model.Safetensors;
import dev.sampan.runtime.Prediction;
import dev.sampan.runtime.Runtime;
import dev.sampan.runtime.Runtimes;
import dev.sampan.spec.EvaluateSpec;
import dev.sampan.spec.Spec;
import dev.sampan.spec.Specs;
import dev.sampan.training.MetricListener;
import dev.sampan.training.Training;
import dev.sampan.training.TrainingJob;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GenerationRunTests {
    @TempDir
    Path folder;

    private ModelPackage trained(Spec spec, Dataset dataset) {
        return Training.train(
                new TrainingJob(spec, dataset, folder.resolve("model"), false, folder.resolve("work"), 2),
                Progress.NONE,
                MetricListener.NONE);
    }

    private static Report report(ModelPackage model, Dataset dataset) throws Exception {
        try (Runtime runtime = Runtimes.openForManyRows(model);
                RowReader rows = Datasets.calls(dataset, Split.TEST, model.features())) {
            String label = dataset.output().isEmpty() ? null : Datasets.LABEL;
            return Evaluator.judge(model, runtime, rows, label, new EvaluateSpec(0.95, List.of()), Progress.NONE);
        }
    }

    /// Tall people are heavy, smiths are tall, and a tenth hides the weight.
    private Spec people(String... overrides) throws Exception {
        SplittableRandom random = new SplittableRandom(3);
        List<String> lines = new ArrayList<>(List.of("height,weight,job,sex"));
        for (int i = 0; i < 1600; i++) {
            boolean man = random.nextBoolean();
            boolean smith = random.nextDouble() < (man ? 0.6 : 0.2);
            double height = (man ? 178 : 165) + (smith ? 6 : 0) + 5 * random.nextGaussian();
            double weight = 0.9 * height - 85 + 4 * random.nextGaussian();
            lines.add(Math.round(height) + ","
                    + (random.nextInt(10) == 0 ? "" : String.format(java.util.Locale.ROOT, "%.1f", weight)) + ","
                    + (smith ? "smith" : "clerk") + "," + (man ? "m" : "f"));
        }
        Files.write(folder.resolve("people.csv"), lines);
        Path file = folder.resolve("people.yaml");
        Files.writeString(file, """
                name: people
                task: table_generation
                data:
                  dataset: people.csv
                  input_features:
                    [{name: height, type: number}, {name: weight, type: number}, {name: job, type: category}]
                  output_features: [{name: sex}]
                  split: {probabilities: [0.6, 0.1, 0.3]}
                  quality: {fail_on: []}
                model: {type: gan, latent_dim: 8, hidden_sizes: [64, 64]}
                train: {num_train_epochs: 60, learning_rate: 0.001, ema_decay: 0.99}
                """);
        return Specs.read(file, List.of(overrides));
    }

    @Test
    void madeRowsHangTogetherAsRealOnesDo() throws Exception {
        Spec spec = people();
        Dataset dataset = Datasets.prepare(spec, folder.resolve("set"), Progress.NONE);

        ModelPackage model = trained(spec, dataset);
        Report report = report(model, dataset);

        assertThat(report.kind()).isEqualTo(Report.Kind.GENERATION);
        assertThat(report.headline()).containsExactly("correlation_distance", "tstr");
        assertThat(value(report, "marginal_distance")).isLessThan(0.12);
        assertThat(value(report, "correlation_distance")).isLessThan(naive(report, "correlation_distance") / 2);
        assertThat(value(report, "tstr"))
                .isGreaterThan(naive(report, "tstr") + 0.1)
                .isGreaterThan(value(report, "trtr") - 0.1);
        assertThat(value(report, "copies")).isLessThan(0.5);
        assertThat(value(report, "nearest_ratio")).isGreaterThan(0.3);
        assertThat(Safetensors.read(model.folder().resolve("model.safetensors")).keySet())
                .anyMatch(name -> name.startsWith("generator."))
                .anyMatch(name -> name.startsWith("discriminator."));
        sameSeedsMakeTheSameRows(model);
    }

    private static void sameSeedsMakeTheSameRows(ModelPackage model) {
        try (Runtime runtime = Runtimes.open(model, 1, 4)) {
            List<Map<String, String>> seeds = IntStream.range(0, 9)
                    .mapToObj(seed -> Map.of(SampleFeatures.SEED, Integer.toString(seed), "sex", "f"))
                    .toList();
            List<Prediction> all = runtime.predict(seeds);
            assertThat(runtime.predict(seeds.subList(3, 5))).isEqualTo(all.subList(3, 5));
            for (Prediction each : all) {
                Map<String, String> row = ((Prediction.Sample) each).values();
                assertThat(row.keySet()).containsExactly("sex", "height", "weight", "job");
                assertThat(row).containsEntry("sex", "f");
                assertThat(row.get("height")).matches("\\d{3}");
                assertThat(row.get("weight")).matches("|\\d+(\\.\\d)?");
                assertThat(row.get("job")).isIn("smith", "clerk");
            }
            assertThat(all).doesNotHaveDuplicates();
            assertThat(all.getFirst().toTree(List.of())).containsEntry("synthetic", true);
        }
    }

    private static double value(Report report, String metric) {
        return report.metric(metric).value();
    }

    private static double naive(Report report, String metric) {
        return Objects.requireNonNull(report.baseline().get(metric)).value();
    }

    /// Discs of two sizes, as numbers in columns.
    @ParameterizedTest
    @ValueSource(strings = {"non_saturating", "wgan_gp"})
    void madePicturesAreNearerToRealOnesThanNoiseIs(String loss) throws Exception {
        Spec spec = discs("model.loss=" + loss, "model.n_critic=" + (loss.equals("wgan_gp") ? 2 : 1));
        Dataset dataset = Datasets.prepare(spec, folder.resolve("set"), Progress.NONE);

        ModelPackage model = trained(spec, dataset);
        Report report = report(model, dataset);

        assertThat(report.headline()).containsExactly("frechet", "diversity");
        assertThat(value(report, "frechet")).isLessThan(naive(report, "frechet"));
        assertThat(value(report, "frechet_real")).isLessThan(value(report, "frechet"));
        assertThat(model.manifest().training()).containsKey(Manifest.NEAREST);
        try (Runtime runtime = Runtimes.open(model, 1, 4)) {
            Prediction.Sample made = (Prediction.Sample) runtime.predict(List.of(Map.of("seed", "7", "size", "large")))
                    .getFirst();
            assertThat(made.values().get("image")).startsWith("data:image/png;base64,");
            assertThat(made.values()).containsEntry("size", "large");
        }
    }

    private Spec discs(String... overrides) throws Exception {
        SplittableRandom random = new SplittableRandom(5);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            boolean large = i % 2 == 0;
            double radius = (large ? 2.6 : 1.4) + 0.2 * random.nextGaussian();
            double x = 3 + 2 * random.nextDouble();
            double y = 3 + 2 * random.nextDouble();
            StringBuilder line = new StringBuilder();
            for (int p = 0; p < 64; p++) {
                double away = Math.hypot(p % 8 - x, p / 8 - y) - radius;
                line.append(Math.round(255 * Math.clamp(0.5 - away, 0, 1))).append(',');
            }
            lines.add(line + (large ? "large" : "small"));
        }
        Files.write(folder.resolve("discs.csv"), lines);
        Path file = folder.resolve("discs.yaml");
        Files.writeString(file, """
                name: discs
                task: image_generation
                data:
                  dataset: discs.csv
                  header: false
                  columns: [p0..p63, size]
                  input_features:
                    - {name: image, type: image, preprocessing: {pixels: {columns: p0..p63, height: 8, width: 8}}}
                  output_features: [{name: size}]
                  split: {probabilities: [0.6, 0.1, 0.3]}
                  quality: {fail_on: []}
                model: {type: gan, latent_dim: 8, channels: [16]}
                train: {max_steps: 250, learning_rate: 0.002, ema_decay: 0.98, batch_size: 32}
                """);
        return Specs.read(file, List.of(overrides));
    }

    @Test
    void aSideThatCannotBeHalvedIsRefusedWithOneThatCan() throws Exception {
        Spec spec = discs("model.channels=[8, 8, 8, 8]");
        Dataset dataset = Datasets.prepare(spec, folder.resolve("set"), Progress.NONE);

        assertThatThrownBy(() -> trained(spec, dataset))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("cannot be halved 4 times");
        assertThat(folder.resolve("model")).doesNotExist();
    }
}
