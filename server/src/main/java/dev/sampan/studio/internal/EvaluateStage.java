package dev.sampan.studio.internal;

import dev.sampan.data.Dataset;
import dev.sampan.data.Datasets;
import dev.sampan.data.RowReader;
import dev.sampan.data.Split;
import dev.sampan.evaluation.Comparisons;
import dev.sampan.evaluation.Evaluator;
import dev.sampan.evaluation.Report;
import dev.sampan.evaluation.Report.Threshold;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Progress;
import dev.sampan.model.DecisionThreshold;
import dev.sampan.model.ModelPackage;
import dev.sampan.runtime.Runtime;
import dev.sampan.runtime.Runtimes;
import dev.sampan.spec.EvaluateSpec;
import dev.sampan.studio.PackageResults;
import dev.sampan.studio.Stage;
import dev.sampan.studio.StageName;
import dev.sampan.studio.StageProgress;
import dev.sampan.studio.Voyage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Block `evaluate`: judges the model on the test split; the report travels in the package. A gate that does not
/// hold ends the run.
public final class EvaluateStage implements Stage {
    private final StageCache cache;

    public EvaluateStage(StageCache cache) {
        this.cache = cache;
    }

    @Override
    public StageName name() {
        return StageName.EVALUATE;
    }

    @Override
    public Outcome run(Voyage voyage, StageProgress progress) {
        ModelPackage model = Objects.requireNonNull(voyage.model(), "training comes first");
        Dataset dataset = Objects.requireNonNull(voyage.dataset(), "the data stage comes first");
        EvaluateSpec spec = voyage.spec().evaluate();
        StageCache.Key key = StageCache.key(
                "evaluate",
                Map.of(
                        "model",
                        model.version().hex(),
                        "dataset",
                        dataset.version().hex(),
                        "confidence",
                        spec.confidence(),
                        "slices",
                        spec.slices(),
                        "costs decide",
                        String.valueOf(spec.costs()),
                        "lengths",
                        List.of(spec.topK(), spec.listLength())));
        StageCache.Found<ModelPackage> found = cache.get(
                key,
                progress,
                ModelPackage::open,
                target -> judged(model, judge(model, dataset, Split.TEST, spec, progress), target));
        Report report = PackageResults.report(found.result());
        List<Problem> failed = Evaluator.failedGates(report, spec);
        if (!failed.isEmpty()) {
            throw new ProblemException(failed);
        }
        return new Outcome(voyage.with(found.result()), found.cached(), figures(report));
    }

    private static Map<String, Object> figures(Report report) {
        Map<String, Object> figures = new LinkedHashMap<>();
        report.headline().forEach(name -> figures.put(name, report.metric(name).value()));
        figures.put("rows", report.rows());
        String first = report.headline().getFirst();
        Report.Figure baseline = report.baseline().get(first);
        if (baseline != null) {
            figures.put("baseline_" + first, baseline.value());
        }
        return figures;
    }

    /// The threshold that was chosen decides the package's answers from now on, as it decided the judged ones.
    private static ModelPackage judged(ModelPackage model, Report report, Path target) {
        Threshold chosen = report.threshold();
        return PackageResults.add(
                model,
                chosen == null
                        ? Map.of("report", report)
                        : Map.of("report", report, DecisionThreshold.RESULT, chosen.decision()),
                target);
    }

    /// Under a cost table the answers are judged as the threshold decides them.
    static Report judge(ModelPackage model, Dataset dataset, Split split, EvaluateSpec spec, Progress progress) {
        try (Runtime runtime = Runtimes.openForManyRows(model)) {
            if (spec.costs() == null || split != Split.TEST) {
                return judge(model, runtime, dataset, split, spec, progress);
            }
            Threshold chosen = threshold(model, runtime, dataset, split, spec, progress);
            Runtime deciding = Runtimes.deciding(runtime, chosen.decision());
            return judge(model, deciding, dataset, split, spec, progress).withThreshold(chosen);
        } catch (IOException e) {
            throw new UncheckedIOException("the split cannot be read: " + split, e);
        }
    }

    private static Report judge(
            ModelPackage model, Runtime runtime, Dataset dataset, Split split, EvaluateSpec spec, Progress progress)
            throws IOException {
        try (RowReader rows = Datasets.calls(dataset, split, model.features())) {
            String label = dataset.output().isEmpty() ? null : Datasets.LABEL;
            return Evaluator.judge(model, runtime, rows, label, spec, progress);
        }
    }

    /// Chosen on the validation rows, judged on those of the split.
    private static Threshold threshold(
            ModelPackage model, Runtime runtime, Dataset dataset, Split split, EvaluateSpec spec, Progress progress)
            throws IOException {
        try (RowReader choosing = Datasets.calls(dataset, Split.VALIDATION, model.features());
                RowReader judging = Datasets.calls(dataset, split, model.features())) {
            return Comparisons.threshold(runtime, choosing, judging, Datasets.LABEL, spec, progress);
        }
    }
}
