package dev.sampan.harness;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.sampan.data.SampleFeatures;
import dev.sampan.evaluation.Report;
import dev.sampan.evaluation.Report.Figure;
import dev.sampan.model.ModelPackage;
import dev.sampan.runtime.Prediction;
import dev.sampan.runtime.Runtime;
import dev.sampan.runtime.Runtimes;
import dev.sampan.spec.Spec;
import dev.sampan.spec.Specs;
import dev.sampan.studio.LearningProcess;
import dev.sampan.studio.PackageResults;
import dev.sampan.studio.Road;
import dev.sampan.studio.StageName;
import dev.sampan.studio.StageProgress;
import dev.sampan.studio.Voyage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/// What generators make. Digits: 5,000 of MNIST, a fifth held out; beside the report's figures, how many made pictures
/// a classifier of real digits takes for the digit that they were made for. Adult: a random tenth of the distinct rows
/// held out; beside the report's figures, the accuracy on it of boosted trees that learnt from made rows, and of the
/// same trees that learnt from the real ones (Esteban et al. 2017). The data is `sampan.shared`, by default the folder
/// `shared` beside the checkout. Arguments: `digits` or `adult` for one of them, then overrides of the generator's
/// specification.
final class GenerationQuality implements Measure.Measurement {
    private static final String DIGITS = """
            name: digits
            task: %s
            data:
              dataset: %s/data/mnist_5k.csv.gz
              header: false
              columns: [p0..p783, digit]
              input_features:
                - name: image
                  type: image
                  preprocessing: {pixels: {columns: p0..p783, height: 28, width: 28}}
              output_features: [{name: digit}]
              split: {type: stratify, probabilities: [0.7, 0.1, 0.2]}
            model: %s
            train: %s
            explain: {samples: 0}
            """;
    private static final String ADULT = """
            name: adult
            task: %s
            data:
              dataset: %s/data/adult.csv.gz
              input_features:
                - {name: age, type: number}
                - {name: workclass, type: category}
                - {name: education, type: category}
                - {name: education-num, type: number}
                - {name: marital-status, type: category}
                - {name: occupation, type: category}
                - {name: relationship, type: category}
                - {name: race, type: category}
                - {name: sex, type: category}
                - {name: capital-gain, type: number}
                - {name: capital-loss, type: number}
                - {name: hours-per-week, type: number}
                - {name: native-country, type: category}
              output_features: [{name: income-per-year}]
              quality: {fail_on: []}
            model: %s
            train: %s
            explain: {samples: 0}
            """;
    private static final int PICTURES = 1000;
    private static final int BATCH = 1000;

    private final Path shared = Path.of(System.getProperty(
            "sampan.shared", Measure.root().resolveSibling("shared").toString()));

    @Override
    public String what() {
        return "what generators make of digits and of Adult: [digits | adult] [override …]";
    }

    @Override
    public void run(List<String> arguments) throws Exception {
        Path home = Files.createTempDirectory("sampan-measure");
        List<String> overrides =
                arguments.stream().filter(argument -> argument.contains("=")).toList();
        if (!arguments.contains("adult")) {
            digits(home, overrides);
        }
        if (!arguments.contains("digits")) {
            adult(home, overrides);
        }
    }

    private void digits(Path home, List<String> overrides) throws Exception {
        String train = "{max_minutes: 20}";
        ModelPackage made = walk(home, DIGITS.formatted("image_generation", shared, "{type: gan}", train), overrides);
        print("digits", made);
        String schedule = "{num_train_epochs: 8, learning_rate: 0.001}";
        ModelPackage judge =
                walk(home, DIGITS.formatted("image_classification", shared, "{type: cnn}", schedule), List.of());
        try (Runtime making = Runtimes.openForManyRows(made);
                Runtime judging = Runtimes.openForManyRows(judge)) {
            List<Map<String, String>> samples = samples(making, 0, PICTURES);
            List<Prediction> answers = judging.predict(samples.stream()
                    .map(sample -> Map.of("image", Objects.requireNonNull(sample.get("image"))))
                    .toList());
            long right = IntStream.range(0, PICTURES)
                    .filter(i -> answers.get(i)
                            .category()
                            .label()
                            .equals(samples.get(i).get("digit")))
                    .count();
            System.out.printf(
                    Locale.ROOT,
                    "| digits made for a label | %.3f of %d taken for it by a CNN of accuracy %.3f |%n",
                    (double) right / PICTURES,
                    PICTURES,
                    value(PackageResults.report(judge), "accuracy"));
        }
    }

    private void adult(Path home, List<String> overrides) throws Exception {
        String text = ADULT.formatted(
                "table_generation", shared, "{type: gan}", "{max_minutes: 15, batch_size: 512, learning_rate: 0.0005}");
        Path file = Files.writeString(home.resolve("split.yaml"), text);
        List<String> tenth = RandomTenth.write(Specs.read(file, List.of()), 1, home);
        List<String> all = new ArrayList<>(tenth);
        all.addAll(overrides);
        ModelPackage made = walk(home, text, all);
        print("adult", made);
        String trees = ADULT.formatted("tabular_classification", shared, "{type: xgboost}", "{seed: 1}");
        Report real = PackageResults.report(walk(home, trees, tenth));
        Path rows = home.resolve("made.csv");
        write(
                made,
                rows,
                Math.toIntExact(((Number) Objects.requireNonNull(
                                made.manifest().training().get("rows")))
                        .longValue()));
        List<String> learnt = new ArrayList<>(tenth);
        learnt.add("data.dataset=" + rows);
        Report synthetic = PackageResults.report(walk(home, trees, learnt));
        System.out.printf(
                Locale.ROOT,
                "| adult, boosted trees, real test rows | accuracy %.4f, AUC %.4f learnt from made rows |"
                        + " %.4f, %.4f learnt from real ones |%n",
                value(synthetic, "accuracy"),
                value(synthetic, "roc_auc"),
                value(real, "accuracy"),
                value(real, "roc_auc"));
    }

    private static void write(ModelPackage model, Path file, int rows) throws Exception {
        try (Runtime runtime = Runtimes.openForManyRows(model);
                CsvWriter csv = CsvWriter.builder().build(file)) {
            for (int from = 0; from < rows; from += BATCH) {
                List<Map<String, String>> made = samples(runtime, from, Math.min(BATCH, rows - from));
                if (from == 0) {
                    csv.writeRecord(made.getFirst().keySet());
                }
                made.forEach(row -> csv.writeRecord(row.values()));
            }
        }
    }

    private static List<Map<String, String>> samples(Runtime runtime, int from, int count) {
        List<Map<String, String>> asked = IntStream.range(from, from + count)
                .mapToObj(seed -> Map.of(SampleFeatures.SEED, Integer.toString(seed)))
                .toList();
        return runtime.predict(asked).stream()
                .map(answer -> ((Prediction.Sample) answer).values())
                .toList();
    }

    private static ModelPackage walk(Path home, String text, List<String> overrides) throws Exception {
        Path file = Files.writeString(home.resolve("sampan.yaml"), text);
        Spec spec = Specs.read(file, overrides);
        Voyage voyage = new Road(home, LearningProcess.ofThisInstallation())
                .walk(spec, StageName.EVALUATE, StageProgress.of((_, _, _, _) -> {}));
        return Objects.requireNonNull(voyage.model());
    }

    private static void print(String what, ModelPackage model) {
        Report report = PackageResults.report(model);
        Map<String, Object> facts = model.manifest().training();
        System.out.printf(
                Locale.ROOT,
                "%s: %s steps in %.0f s, %.0f CPU-s; %d made rows%n",
                what,
                facts.get("steps"),
                ((Number) Objects.requireNonNull(facts.get("seconds"))).doubleValue(),
                ((Number) Objects.requireNonNull(facts.get("cpu_seconds"))).doubleValue(),
                report.rows());
        report.metrics().keySet().stream().sorted().forEach(name -> {
            Figure figure = report.metric(name);
            Figure naive = report.baseline().get(name);
            System.out.printf(
                    Locale.ROOT,
                    "| %s, %s | %.4f [%.4f, %.4f] | naive %s |%n",
                    what,
                    name,
                    figure.value(),
                    figure.low(),
                    figure.high(),
                    naive == null ? "–" : String.format(Locale.ROOT, "%.4f", naive.value()));
        });
    }

    private static double value(Report report, String metric) {
        return report.metric(metric).value();
    }
}
