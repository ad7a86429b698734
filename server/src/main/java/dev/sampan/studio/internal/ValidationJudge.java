package dev.sampan.studio.internal;

import dev.sampan.data.Dataset;
import dev.sampan.data.Split;
import dev.sampan.evaluation.Report;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.model.ModelPackage;
import dev.sampan.spec.Spec;
import dev.sampan.spec.Specs;
import dev.sampan.studio.StageProgress;
import java.nio.file.Path;

/// Judges a trial as the test split judges the winner, but on the validation rows, whatever the architecture: what a
/// training says of itself is measured in as many ways as there are architectures.
public final class ValidationJudge implements TryingTrainer.Judge {
    @Override
    public double score(ModelPackage model, Dataset dataset, String metric, StageProgress progress) {
        Spec spec = Specs.fromTree(model.manifest().spec(), Path.of(""));
        Report report = EvaluateStage.judge(model, dataset, Split.VALIDATION, spec.evaluate(), progress);
        Report.Figure figure = report.metrics().get(metric);
        if (figure == null) {
            throw new ProblemException(Problem.of("search.no_metric", "The validation rows give no '" + metric + "'")
                    .at("search.metric")
                    .remedy("They give " + report.metrics().keySet()));
        }
        return figure.value();
    }
}
