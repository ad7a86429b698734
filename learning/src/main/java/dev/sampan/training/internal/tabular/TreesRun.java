package dev.sampan.training.internal.tabular;

import dev.sampan.data.ColumnFeatures;
import dev.sampan.data.ColumnFitting.Taste;
import dev.sampan.data.Target;
import dev.sampan.model.Manifest;
import dev.sampan.model.ModelPackage;
import dev.sampan.model.PackageDraft;
import dev.sampan.model.Trees;
import dev.sampan.spec.ModelSpec;
import dev.sampan.training.TrainingJob;
import dev.sampan.training.internal.PackageFiles;
import dev.sampan.training.loop.Audience;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// From a data set to the package of boosted trees: `trees.json` for our own walker, `model.onnx` for everyone else.
public final class TreesRun {
    private final TrainingJob job;
    private final ModelSpec.Xgboost model;
    private final Audience audience;
    private final long startedNanos = System.nanoTime();

    public TreesRun(TrainingJob job, ModelSpec.Xgboost model, Audience audience) {
        this.job = job;
        this.model = model;
        this.audience = audience;
    }

    public ModelPackage run() {
        try (PackageDraft draft = PackageDraft.create(job.out(), job.force())) {
            Columns columns = Columns.of(job, Taste.TREES, audience.progress());
            ColumnFeatures features = columns.fitted().features();
            Boosting boosting =
                    new Boosting(model, features.target(), job.spec().train().seed(), job.threads(), audience);
            Boosting.Grown grown = job.learnsFromValidation()
                    ? boosting.grow(columns.train(), columns.validation())
                    : boosting.tried(columns.train(), columns.validation());
            audience.progress().at("package", 0, 1, "");
            draft.write(Trees.FILE, grown.trees().toJson());
            Map<String, Object> facts = TabularFiles.facts(job, columns, startedNanos);
            facts.put("rounds", grown.rounds());
            if (features.target() instanceof Target.Quantity) {
                facts.put(Manifest.TARGET_MEAN, columns.train().mean());
            }
            facts.put("loss", grown.loss());
            facts.put("rounds_chosen_by", grown.chosenBy());
            PackageFiles.fittedOn(facts, job, grown.again());
            ModelPackage made = new TabularFiles(
                            job, "xgboost", features, TreeGraph.of(grown.trees(), features.target()))
                    .commit(draft, config(features, grown), facts, columns.train());
            audience.progress().at("package", 1, 1, "");
            return made;
        }
    }

    private Map<String, Object> config(ColumnFeatures features, Boosting.Grown grown) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("architectures", List.of("Trees"));
        config.put("model_type", "xgboost");
        config.put("num_features", features.numbers());
        config.put("n_estimators", grown.rounds());
        config.put("max_depth", model.maxDepth());
        config.put("learning_rate", model.learningRate());
        config.put("subsample", model.subsample());
        config.put("colsample_bytree", model.columnShare());
        config.put("min_child_weight", model.minChildWeight());
        config.put("gamma", model.gamma());
        config.put("reg_lambda", model.lambda());
        config.put("reg_alpha", model.alpha());
        config.put("labels", features.labels());
        return config;
    }
}
