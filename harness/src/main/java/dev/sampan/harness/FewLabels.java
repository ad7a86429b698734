package dev.sampan.harness;

import dev.sampan.data.Row;
import dev.sampan.evaluation.Report;
import dev.sampan.spec.Spec;
import dev.sampan.spec.Specs;
import dev.sampan.studio.LearningProcess;
import dev.sampan.studio.PackageResults;
import dev.sampan.studio.Road;
import dev.sampan.studio.StageName;
import dev.sampan.studio.StageProgress;
import dev.sampan.studio.Voyage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/// What a pretrained encoder is worth when there are few labels: BANKING77 with 5 and with 10 rows of each intent, all
/// other rows unseen, the data's own test file. A fifth of the rows are validation rows. Mean of three seeds, each with
/// other rows; both models learn from the same ones.
final class FewLabels implements Measure.Measurement {
    private static final long[] SEEDS = {1, 2, 3};
    private static final Map<String, String> MODELS = models();
    private static final Path FILE = Path.of("examples", "banking", "sampan.yaml");

    private static Map<String, String> models() {
        Map<String, String> models = new LinkedHashMap<>();
        models.put("MiniLM frozen, linear", "model={model_name_or_path: auto}");
        models.put("BiLSTM from random weights", "model={type: bilstm}");
        return models;
    }

    @Override
    public String what() {
        return "test accuracy on BANKING77 from 5 and 10 rows of each intent: encoder beside BiLSTM";
    }

    @Override
    public void run(List<String> arguments) throws Exception {
        Seeds seeds = Seeds.of(arguments, SEEDS);
        Path home = Files.createTempDirectory("sampan-measure");
        for (int each : new int[] {5, 10}) {
            Map<String, Double> sums = new LinkedHashMap<>();
            for (long seed : seeds.values()) {
                Path rows = subset(home, each, seed);
                for (Map.Entry<String, String> model : MODELS.entrySet()) {
                    double accuracy = accuracy(home, rows, model.getValue(), seed, seeds.overrides());
                    sums.merge(model.getKey(), accuracy, Double::sum);
                    System.out.printf(
                            Locale.ROOT,
                            "%d rows of each, seed %d, %s: accuracy %.4f%n",
                            each,
                            seed,
                            model.getKey(),
                            accuracy);
                }
            }
            sums.forEach((model, sum) -> System.out.printf(
                    Locale.ROOT,
                    "| BANKING77, %d rows of each intent, %s | accuracy %.3f |%n",
                    each,
                    model,
                    sum / seeds.values().length));
        }
    }

    /// The first rows of each label in a shuffled order, as a file.
    private static Path subset(Path home, int each, long seed) throws IOException {
        Spec spec = Specs.read(Measure.root().resolve(FILE), List.of());
        WholeTable table = WholeTable.of(spec);
        List<Row> rows = new ArrayList<>(table.rows());
        Collections.shuffle(rows, new Random(seed));
        int label = table.columns().indexOf("category");
        Map<String, Integer> taken = new HashMap<>();
        Path file = home.resolve("few-" + each + "-" + seed + ".csv");
        table.write(
                file,
                rows.stream()
                        .filter(row -> taken.merge(row.values().get(label), 1, Integer::sum) <= each)
                        .toList());
        return file;
    }

    private static double accuracy(Path home, Path rows, String model, long seed, List<String> overrides)
            throws Exception {
        List<String> all = new ArrayList<>(List.of(
                model,
                "data.dataset=" + rows,
                "data.split={type: stratify, probabilities: [0.8, 0.2]}",
                "data.quality.fail_on=[single_class, missing_label]",
                "train.seed=" + seed,
                "explain.samples=0",
                "evaluate.gates={}"));
        all.addAll(overrides);
        Voyage voyage = new Road(home, LearningProcess.ofThisInstallation())
                .walk(
                        Specs.read(Measure.root().resolve(FILE), all),
                        StageName.EVALUATE,
                        StageProgress.of((_, _, _, _) -> {}));
        Report report = PackageResults.report(Objects.requireNonNull(voyage.model()));
        return Objects.requireNonNull(report.metrics().get("accuracy")).value();
    }
}
