package dev.sampan.studio.internal;

import dev.sampan.data.Dataset;
import dev.sampan.data.Datasets;
import dev.sampan.data.Features;
import dev.sampan.data.Row;
import dev.sampan.data.RowReader;
import dev.sampan.data.Split;
import dev.sampan.explanation.Explainer;
import dev.sampan.explanation.Explanation;
import dev.sampan.kernel.Progress;
import dev.sampan.model.ModelPackage;
import dev.sampan.runtime.Runtime;
import dev.sampan.runtime.Runtimes;
import dev.sampan.spec.ExplainSpec;
import dev.sampan.studio.PackageResults;
import dev.sampan.studio.Stage;
import dev.sampan.studio.StageName;
import dev.sampan.studio.StageProgress;
import dev.sampan.studio.Voyage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;

/// Block `explain`: explains a few answers on the test split, one of as many labels as there are samples; they travel
/// in the package.
public final class ExplainStage implements Stage {
    private final StageCache cache;

    public ExplainStage(StageCache cache) {
        this.cache = cache;
    }

    @Override
    public StageName name() {
        return StageName.EXPLAIN;
    }

    @Override
    public Outcome run(Voyage voyage, StageProgress progress) {
        ModelPackage model = Objects.requireNonNull(voyage.model(), "training comes first");
        Dataset dataset = Objects.requireNonNull(voyage.dataset(), "the data stage comes first");
        ExplainSpec spec = voyage.spec().explain();
        if (spec.samples() == 0 || !Explainer.explains(model.features())) {
            return new Outcome(voyage, false, Map.of("samples", 0));
        }
        Map<String, Object> madeFrom = Blocks.only(voyage.spec(), "explain");
        madeFrom.put("model", model.version().hex());
        madeFrom.put("dataset", dataset.version().hex());
        StageCache.Found<ModelPackage> found = cache.get(
                StageCache.key("explain", madeFrom),
                progress,
                ModelPackage::open,
                target -> PackageResults.add(model, "explanations", explain(model, dataset, spec, progress), target));
        return new Outcome(
                voyage.with(found.result()),
                found.cached(),
                Map.of("samples", PackageResults.explanations(found.result()).size()));
    }

    private static List<PackageResults.Sample> explain(
            ModelPackage model, Dataset dataset, ExplainSpec spec, Progress progress) {
        List<PackageResults.Sample> samples = new ArrayList<>();
        try (Runtime runtime = Runtimes.openForManyRows(model)) {
            List<Picked> rows = pick(dataset, model.features(), spec.samples());
            for (Picked row : rows) {
                if (progress.cancelled()) {
                    throw new CancellationException("cancelled while explaining");
                }
                progress.at("explain", samples.size(), rows.size(), "");
                Explanation explanation = Explainer.explain(runtime, model.features(), row.call(), spec, Progress.NONE);
                samples.add(new PackageResults.Sample(row.input(), row.truth(), explanation));
            }
            progress.at("explain", rows.size(), rows.size(), "");
        }
        return samples;
    }

    /// @param input as the data set has it, which is what the package keeps
    /// @param call as the model is asked
    private record Picked(Map<String, String> input, Map<String, String> call, String truth) {}

    private static Map<String, String> values(Dataset dataset, Row row) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < dataset.inputs().size(); i++) {
            values.put(dataset.inputs().get(i), row.values().get(i));
        }
        return values;
    }

    /// The first row of each label in turn, then second rows, until there are enough: varied, and the same every time.
    private static List<Picked> pick(Dataset dataset, Features features, int count) {
        List<Picked> first = new ArrayList<>();
        List<Picked> more = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        try (RowReader reader = Datasets.rows(dataset, Split.TEST);
                RowReader calls = Datasets.calls(dataset, Split.TEST, features)) {
            for (Row row = reader.next(); row != null && first.size() < count; row = reader.next()) {
                Row call = Objects.requireNonNull(calls.next(), "both read the same rows");
                String truth = row.values().getLast();
                Picked picked = new Picked(values(dataset, row), values(dataset, call), truth);
                if (seen.add(truth)) {
                    first.add(picked);
                } else if (more.size() < count) {
                    more.add(picked);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the test split cannot be read", e);
        }
        first.addAll(more);
        return List.copyOf(first.subList(0, Math.min(count, first.size())));
    }
}
