package dev.sampan.cli;

import dev.sampan.data.RowReader;
import dev.sampan.evaluation.Comparison;
import dev.sampan.evaluation.Comparisons;
import dev.sampan.evaluation.Evaluator;
import dev.sampan.evaluation.Report;
import dev.sampan.evaluation.Report.Threshold;
import dev.sampan.model.ModelPackage;
import dev.sampan.runtime.Runtime;
import dev.sampan.runtime.Runtimes;
import dev.sampan.spec.EvaluateSpec;
import dev.sampan.studio.StageProgress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Judges a package on rows whose labels are known; beside another package with `--against`.
@Command(name = "evaluate", resourceBundle = "messages.cli", mixinStandardHelpOptions = true)
final class EvaluateVerb extends LocalVerb {
    @Mixin
    private DataFile file = new DataFile();

    @Option(names = "--confidence", defaultValue = "0.95", descriptionKey = "option.confidence")
    private double confidence = 0.95;

    @Option(names = "--slice", paramLabel = "COLUMN", descriptionKey = "option.slice")
    private List<String> slices = List.of();

    @Option(names = "--against", paramLabel = "DIR", descriptionKey = "option.against")
    private @Nullable Path against;

    @ArgGroup(exclusive = false)
    private @Nullable CostOptions costs;

    /// What the mistakes cost, and the rows to choose a threshold by; all three or none.
    static final class CostOptions {
        @Option(names = "--false-positive", required = true, descriptionKey = "option.false_positive")
        private double falsePositive;

        @Option(names = "--false-negative", required = true, descriptionKey = "option.false_negative")
        private double falseNegative;

        @Option(names = "--choose-on", required = true, paramLabel = "DATA", descriptionKey = "option.choose_on")
        private @Nullable Path choosing;

        @Option(names = "--positive", paramLabel = "LABEL", descriptionKey = "option.positive")
        private @Nullable String positive;
    }

    @Override
    void work(StageProgress progress) {
        requireWithin("--confidence", confidence, 0.5, 0.999);
        if (costs != null) {
            requireWithin("--false-positive", costs.falsePositive, 0, 1e9);
            requireWithin("--false-negative", costs.falseNegative, 0, 1e9);
        }
        ModelPackage model = file.model();
        try {
            if (against == null) {
                say(judge(model, progress));
            } else {
                say(compare(model, ModelPackage.open(against), progress));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(file.data() + " cannot be read", e);
        }
    }

    private void say(Report report) {
        if (json()) {
            printJson(report);
        } else {
            ReportText.print(report);
        }
    }

    private void say(Comparison comparison) {
        if (json()) {
            printJson(comparison);
        } else {
            ReportText.print(comparison);
        }
    }

    private Report judge(ModelPackage model, StageProgress progress) throws IOException {
        try (Runtime runtime = Runtimes.openForManyRows(model)) {
            if (costs == null) {
                return judge(model, runtime, progress);
            }
            Threshold chosen = threshold(costs, model, runtime, progress);
            Runtime deciding = Runtimes.deciding(runtime, chosen.decision());
            return judge(model, deciding, progress).withThreshold(chosen);
        }
    }

    private Report judge(ModelPackage model, Runtime runtime, StageProgress progress) throws IOException {
        try (RowReader rows = file.rows(model)) {
            return Evaluator.judge(model, runtime, rows, file.labelColumn(model), spec(), progress);
        }
    }

    private Threshold threshold(CostOptions asked, ModelPackage model, Runtime runtime, StageProgress progress)
            throws IOException {
        Path choosing = java.util.Objects.requireNonNull(asked.choosing, "picocli asks for it");
        try (RowReader choice = DataFile.rows(choosing, "auto", model);
                RowReader rows = file.rows(model)) {
            return Comparisons.threshold(runtime, choice, rows, file.truthColumn(model), spec(), progress);
        }
    }

    private EvaluateSpec spec() {
        EvaluateSpec.Costs table =
                costs == null ? null : new EvaluateSpec.Costs(costs.positive, costs.falsePositive, costs.falseNegative);
        return new EvaluateSpec(confidence, List.of(), slices, table, EvaluateSpec.TOP_K, EvaluateSpec.LIST_LENGTH);
    }

    private Comparison compare(ModelPackage model, ModelPackage other, StageProgress progress) throws IOException {
        try (Runtime one = Runtimes.openForManyRows(model);
                Runtime two = Runtimes.openForManyRows(other);
                RowReader rows = file.rows(model);
                RowReader again = file.rows(other)) {
            return Comparisons.compare(
                    one, rows, two, again, file.truthColumn(model), new Comparisons.Settings(confidence, 42, progress));
        }
    }
}
