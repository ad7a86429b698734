package dev.sampan.harness;

import dev.sampan.evaluation.Report;
import dev.sampan.evaluation.Report.Figure;
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
import java.util.Objects;

/// AUC and accuracy of a specification over columns, mean of three seeds, each with another random tenth held out.
/// Arguments: a specification (default: examples/loans), then overrides such as `model={type: wide_deep}`.
final class TableQuality implements Measure.Measurement {
    private static final long[] SEEDS = {1, 2, 3};

    @Override
    public String what() {
        return "AUC and accuracy over columns, mean of " + SEEDS.length + " seeds: [sampan.yaml] [override …]";
    }

    @Override
    public void run(List<String> arguments) throws Exception {
        boolean named = !arguments.isEmpty() && arguments.getFirst().endsWith(".yaml");
        Path file = named
                ? Path.of(arguments.getFirst())
                : Measure.root().resolve("examples").resolve("loans").resolve("sampan.yaml");
        List<String> overrides = arguments.subList(named ? 1 : 0, arguments.size());
        Path home = Files.createTempDirectory("sampan-measure");
        double auc = 0;
        double accuracy = 0;
        for (long seed : SEEDS) {
            Report report = report(file, overrides, seed, home);
            Figure area = Objects.requireNonNull(report.metrics().get("roc_auc"), "two classes are asked for");
            Figure right = Objects.requireNonNull(report.metrics().get("accuracy"));
            auc += area.value();
            accuracy += right.value();
            System.out.printf(
                    Locale.ROOT,
                    "seed %d: AUC %.4f [%.4f, %.4f], accuracy %.4f on %d test rows%n",
                    seed,
                    area.value(),
                    area.low(),
                    area.high(),
                    right.value(),
                    report.rows());
        }
        System.out.printf(
                Locale.ROOT,
                "| %s | AUC %.4f, accuracy %.4f | `./sampan measure tabular` |%n",
                file,
                auc / SEEDS.length,
                accuracy / SEEDS.length);
    }

    private static Report report(Path file, List<String> overrides, long seed, Path home) throws Exception {
        List<String> all = new ArrayList<>(overrides);
        all.add("train.seed=" + seed);
        all.add("explain.samples=0");
        all.add("evaluate.gates={}");
        Spec spec = Specs.read(file, all);
        all.addAll(RandomTenth.write(spec, seed, home));
        Voyage voyage = new Road(home, LearningProcess.ofThisInstallation())
                .walk(Specs.read(file, all), StageName.EVALUATE, StageProgress.of((_, _, _, _) -> {}));
        return PackageResults.report(Objects.requireNonNull(voyage.model()));
    }
}
