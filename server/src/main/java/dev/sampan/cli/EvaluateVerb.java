package dev.sampan.cli;

import dev.sampan.data.RowReader;
import dev.sampan.evaluation.Evaluator;
import dev.sampan.evaluation.Report;
import dev.sampan.model.ModelPackage;
import dev.sampan.runtime.Runtime;
import dev.sampan.runtime.Runtimes;
import dev.sampan.spec.EvaluateSpec;
import dev.sampan.studio.StageProgress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Judges a package on rows whose labels are known.
@Command(name = "evaluate", resourceBundle = "messages.cli", mixinStandardHelpOptions = true)
final class EvaluateVerb extends LocalVerb {
    @Mixin
    private DataFile file = new DataFile();

    @Option(names = "--confidence", defaultValue = "0.95", descriptionKey = "option.confidence")
    private double confidence = 0.95;

    @Override
    void work(StageProgress progress) {
        requireWithin("--confidence", confidence, 0.5, 0.999);
        ModelPackage model = file.model();
        Report report = judge(model, progress);
        if (json()) {
            printJson(report);
        } else {
            ReportText.print(report);
        }
    }

    private Report judge(ModelPackage model, StageProgress progress) {
        try (Runtime runtime = Runtimes.openForManyRows(model);
                RowReader rows = file.rows(model)) {
            return Evaluator.judge(
                    model, runtime, rows, file.labelColumn(model), new EvaluateSpec(confidence, List.of()), progress);
        } catch (IOException e) {
            throw new UncheckedIOException(file.data() + " cannot be read", e);
        }
    }
}
