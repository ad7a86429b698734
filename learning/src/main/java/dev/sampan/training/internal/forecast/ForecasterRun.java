package dev.sampan.training.internal.forecast;

import dev.sampan.compute.Torch;
import dev.sampan.data.Dataset;
import dev.sampan.data.SeriesFeatures;
import dev.sampan.data.Split;
import dev.sampan.data.Target;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.model.Manifest;
import dev.sampan.model.ModelPackage;
import dev.sampan.model.PackageDraft;
import dev.sampan.spec.DataSpec.InputFeature;
import dev.sampan.spec.DataSpec.InputType;
import dev.sampan.spec.ModelSpec;
import dev.sampan.spec.Specs;
import dev.sampan.training.TrainingJob;
import dev.sampan.training.internal.PackageFiles;
import dev.sampan.training.loop.Audience;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// From series to the package of a forecaster, learnt on training and validation rows together: the newest of
/// them are forecast to choose a method and to measure its errors, and the method is then fitted on all. A trial
/// sees training rows alone.
public final class ForecasterRun {
    private final TrainingJob job;
    private final ModelSpec.Forecaster model;
    private final Audience audience;
    private final Dataset dataset;
    private final long startedNanos = System.nanoTime();

    public ForecasterRun(TrainingJob job, ModelSpec.Forecaster model, Audience audience) {
        this.job = job;
        this.model = model;
        this.audience = audience;
        this.dataset = job.dataset();
    }

    public ModelPackage run() {
        Torch.useOneThreadPerCall();
        List<InputFeature> inputs = job.spec().data().inputFeatures();
        Integer time = column(inputs, InputType.DATE);
        Integer series = column(inputs, InputType.CATEGORY);
        if (time == null) {
            throw new ProblemException(
                    Problem.of("training.missing_column", "A forecast needs an input column of type date, and none is")
                            .at("data.input_features"));
        }
        audience.progress().at("fit", 0, 1, "");
        List<Split> learnt = job.learnsFromValidation() ? List.of(Split.TRAIN, Split.VALIDATION) : List.of(Split.TRAIN);
        SeriesSet set = SeriesSet.read(dataset, learnt, time, series);
        try (PackageDraft draft = PackageDraft.create(job.out(), job.force())) {
            ForecastChoice.Chosen chosen = new ForecastChoice(set, model, audience).best();
            audience.progress().at("package", 0, 1, chosen.map().name());
            SeriesFeatures features = new SeriesFeatures(
                    dataset.inputs().get(time),
                    series == null ? null : dataset.inputs().get(series),
                    chosen.map().window(),
                    set.axis(),
                    set.series().stream()
                            .map(one -> known(one, set, chosen.map().window()))
                            .toList(),
                    new Target.Horizon(model.horizon(), model.confidence()));
            ModelPackage made = commit(draft, features, set, chosen);
            audience.progress().at("package", 1, 1, "");
            return made;
        }
    }

    private static @Nullable Integer column(List<InputFeature> inputs, InputType type) {
        for (int i = 0; i < inputs.size(); i++) {
            if (inputs.get(i).type() == type) {
                return i;
            }
        }
        return null;
    }

    private static SeriesFeatures.Known known(SeriesSet.One one, SeriesSet set, int window) {
        double[] values = one.values();
        double[] newest = Arrays.copyOfRange(values, Math.max(0, values.length - window), values.length);
        float[] floats = new float[newest.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) newest[i];
        }
        return new SeriesFeatures.Known(one.name(), one.last(set.axis()), floats);
    }

    private ModelPackage commit(
            PackageDraft draft, SeriesFeatures features, SeriesSet set, ForecastChoice.Chosen chosen) {
        features.write(draft.folder());
        ForecastGraph graph = new ForecastGraph(chosen.map(), chosen.reach(), chosen.logarithms(), chosen.lag());
        draft.write("model.onnx", graph.toModel().toByteArray());
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("architectures", List.of("Forecaster"));
        config.put("model_type", "forecaster");
        config.put("method", chosen.map().name());
        config.put("logarithms", chosen.logarithms());
        config.put("window", chosen.map().window());
        config.put("season", chosen.lag());
        config.put("horizon", model.horizon());
        draft.write("config.json", Json.pretty(config).getBytes(StandardCharsets.UTF_8));
        return draft.commit(new Manifest(
                job.spec().name(),
                "forecaster",
                Instant.now().toString(),
                Specs.toTree(job.spec()),
                dataset.version(),
                dataset.provenance(),
                Map.of(),
                facts(set, chosen),
                List.of(),
                Map.of(),
                Map.of()));
    }

    private Map<String, Object> facts(SeriesSet set, ForecastChoice.Chosen chosen) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("seed", job.spec().train().seed());
        facts.put("rows", dataset.count(Split.TRAIN));
        facts.put("series", set.series().size());
        facts.put("values_filled_in", set.filled());
        facts.put("seconds", (System.nanoTime() - startedNanos) / 1e9);
        facts.put("java", System.getProperty("java.version"));
        facts.put("libtorch", Torch.VERSION);
        PackageFiles.fittedOn(facts, job, true);
        facts.put("method", chosen.map().name());
        facts.put("tried", chosen.tried());
        return facts;
    }
}
