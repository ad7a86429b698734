package dev.sampan.harness;

import dev.sampan.evaluation.Report;
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

/// Test accuracy of an example's specification, mean of three seeds. Where the data has a test file of its own that one
/// is used; otherwise each seed is another random tenth held out, as in the Python figure it stands beside.
final class TextAccuracy implements Measure.Measurement {
    private static final long[] SEEDS = {1, 2, 3};

    private final String example;
    private final String model;
    private final List<String> overrides;
    private final double python;

    TextAccuracy(String example, String model, List<String> overrides, double python) {
        this.example = example;
        this.model = model;
        this.overrides = overrides;
        this.python = python;
    }

    @Override
    public String what() {
        return "test accuracy of " + model + " on examples/" + example + ", mean of " + SEEDS.length
                + " seeds; overrides, or seeds=1,2";
    }

    @Override
    public void run(List<String> arguments) throws Exception {
        Path home = Files.createTempDirectory("sampan-measure");
        Path file = Measure.root().resolve("examples").resolve(example).resolve("sampan.yaml");
        double accuracies = 0;
        double f1 = 0;
        Seeds seeds = Seeds.of(arguments, SEEDS);
        for (long seed : seeds.values()) {
            List<String> all = new ArrayList<>(overrides);
            all.addAll(seeds.overrides());
            all.add("train.seed=" + seed);
            all.add("explain.samples=0");
            all.add("evaluate.gates={}");
            all.add("data.quality.fail_on=[single_class, missing_label]");
            Spec spec = Specs.read(file, all);
            if (spec.data().testDataset() == null) {
                all.addAll(RandomTenth.write(spec, seed, home));
                spec = Specs.read(file, all);
            }
            long started = System.nanoTime();
            Voyage voyage =
                    new Road(home, LearningProcess.ofThisInstallation()).walk(spec, StageName.EVALUATE, progress());
            Report report = PackageResults.report(Objects.requireNonNull(voyage.model()));
            Report.Figure accuracy = Objects.requireNonNull(report.metrics().get("accuracy"));
            accuracies += accuracy.value();
            f1 += Objects.requireNonNull(report.metrics().get("f1_macro")).value();
            System.out.printf(
                    Locale.ROOT,
                    "seed %d: accuracy %.4f [%.4f, %.4f] on %d test rows, %.0f s%n",
                    seed,
                    accuracy.value(),
                    accuracy.low(),
                    accuracy.high(),
                    report.rows(),
                    (System.nanoTime() - started) / 1e9);
        }
        System.out.printf(
                Locale.ROOT,
                "| %s, %s | accuracy %.4f, macro F1 %.4f | Python %.3f |%n",
                example,
                model,
                accuracies / seeds.values().length,
                f1 / seeds.values().length,
                python);
    }

    private static StageProgress progress() {
        return StageProgress.of((step, done, total, note) -> {
            if (total > 0 && done == total) {
                System.err.println(step + " " + done + " " + note);
            }
        });
    }
}
