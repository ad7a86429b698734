package dev.sampan.training.internal.tabular;

import dev.sampan.compute.Lanes;
import dev.sampan.data.ColumnFeatures;
import dev.sampan.data.ColumnFitting.Taste;
import dev.sampan.data.FittedColumn;
import dev.sampan.data.Target;
import dev.sampan.kernel.Json;
import dev.sampan.model.Manifest;
import dev.sampan.model.ModelPackage;
import dev.sampan.model.OutputProblem;
import dev.sampan.model.PackageDraft;
import dev.sampan.network.Network;
import dev.sampan.network.TableAutoencoder;
import dev.sampan.network.TableNetwork;
import dev.sampan.network.layers.Activation;
import dev.sampan.network.objectives.Regression;
import dev.sampan.spec.ModelSpec;
import dev.sampan.spec.ModelSpec.Norm;
import dev.sampan.spec.TrainSpec;
import dev.sampan.training.TrainingJob;
import dev.sampan.training.internal.Checkpoints;
import dev.sampan.training.internal.PackageFiles;
import dev.sampan.training.internal.tabular.TableExamples.Teaching;
import dev.sampan.training.loop.Audience;
import dev.sampan.training.loop.Checkpoint;
import dev.sampan.training.loop.ClassExaminer;
import dev.sampan.training.loop.ClassObjective;
import dev.sampan.training.loop.Lesson;
import dev.sampan.training.loop.LossExaminer;
import dev.sampan.training.loop.NumberExaminer;
import dev.sampan.training.loop.RunKey;
import dev.sampan.training.loop.RunState;
import dev.sampan.training.loop.TrainingLoop;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// From a data set of columns to the package of a network: dense layers, wide and deep, linear, autoencoder.
public final class TableRun {
    private final TrainingJob job;
    private final ModelSpec model;
    private final Audience audience;
    private final TrainSpec spec;

    /// @param model an [ModelSpec.Mlp], [ModelSpec.WideDeep], [ModelSpec.Linear] or [ModelSpec.Autoencoder]
    public TableRun(TrainingJob job, ModelSpec model, Audience audience) {
        this.job = job;
        this.model = model;
        this.audience = audience;
        this.spec = job.spec().train();
    }

    public ModelPackage run() {
        try (PackageDraft draft = PackageDraft.create(job.out(), job.force());
                Lanes lanes = new Lanes(job.threads())) {
            Taste taste = model instanceof ModelSpec.WideDeep ? Taste.EMBEDDED : Taste.DENSE;
            Columns columns = Columns.of(job, taste, audience.progress());
            ColumnFeatures features = columns.fitted().features();
            Lesson lesson = lesson(columns);
            Checkpoint checkpoint = Checkpoints.of(job, key(features));
            RunState end = new TrainingLoop(lesson, spec, checkpoint, audience).run(lanes);
            audience.progress().at("package", 0, 1, "");
            Map<String, Object> facts = PackageFiles.facts(job, columns.train().rows(), end);
            facts.put("columns", columns.fitted().notes());
            if (features.target() instanceof Target.Quantity) {
                facts.put(Manifest.TARGET_MEAN, columns.train().mean());
            }
            if (model instanceof ModelSpec.Autoencoder found) {
                float threshold = Threshold.of(lesson, found.contamination());
                facts.put("threshold", threshold);
                facts.put("contamination", found.contamination());
                features = features.withTarget(new Target.Strangeness(threshold));
            }
            Network network = lesson.network();
            String type =
                    Objects.requireNonNull(network.config().get("model_type")).toString();
            ModelPackage made = PackageFiles.of(type, features, network, facts)
                    .commit(draft, job, TabularFiles.counts(features.labels(), columns.train()));
            checkpoint.delete();
            audience.progress().at("package", 1, 1, "");
            return made;
        } catch (IOException e) {
            throw OutputProblem.of(job.work(), e);
        }
    }

    private Lesson lesson(Columns columns) {
        ColumnFeatures features = columns.fitted().features();
        Regression squared = new Regression.Squared();
        return switch (features.target()) {
            case Target.Categories(List<String> labels) ->
                lesson(
                        columns,
                        new TableNetwork(shape(features), new TableNetwork.Labels(labels), spec.seed()),
                        new TableExamples.Labels());
            case Target.Quantity() -> {
                TableExamples.Quantity scaled =
                        TableExamples.Quantity.of(columns.train().answers());
                TableNetwork.Quantity answer = new TableNetwork.Quantity(scaled.mean(), scaled.deviation());
                yield lesson(columns, new TableNetwork(shape(features), answer, spec.seed()), scaled);
            }
            default -> {
                ModelSpec.Autoencoder encoder = (ModelSpec.Autoencoder) model;
                Network network = new TableAutoencoder(
                        features.numbers(),
                        encoder.hiddenSizes(),
                        activation(encoder.activation()),
                        encoder.dropout(),
                        spec.seed());
                yield new Lesson(
                        network,
                        squared,
                        new TableExamples(columns.train(), new TableExamples.Itself()),
                        columns.validation() == null
                                ? null
                                : new TableExamples(columns.validation(), new TableExamples.Itself()),
                        new LossExaminer(squared));
            }
        };
    }

    private Lesson lesson(Columns columns, Network network, Teaching teaching) {
        List<String> labels = columns.fitted().features().labels();
        Regression squared = new Regression.Squared();
        return new Lesson(
                network,
                labels.isEmpty()
                        ? squared
                        : ClassObjective.of(spec.losses(), labels, TabularFiles.counts(labels, columns.train())),
                new TableExamples(columns.train(), teaching),
                columns.validation() == null ? null : new TableExamples(columns.validation(), teaching),
                labels.isEmpty() ? new NumberExaminer(squared) : new ClassExaminer(labels.size()));
    }

    private TableNetwork.Shape shape(ColumnFeatures features) {
        int numbers = features.numbers();
        List<Integer> categories =
                features.indexes().stream().map(FittedColumn.Index::size).toList();
        return switch (model) {
            case ModelSpec.Mlp mlp ->
                new TableNetwork.Shape(
                        "mlp",
                        numbers,
                        categories,
                        0,
                        false,
                        mlp.hiddenSizes(),
                        activation(mlp.activation()),
                        mlp.norm(),
                        mlp.dropout());
            case ModelSpec.WideDeep deep ->
                new TableNetwork.Shape(
                        "wide_deep",
                        numbers,
                        categories,
                        deep.embeddingSize(),
                        true,
                        deep.hiddenSizes(),
                        activation(deep.activation()),
                        deep.norm(),
                        deep.dropout());
            case ModelSpec.Linear() ->
                new TableNetwork.Shape(
                        "linear", numbers, categories, 0, false, List.of(), Activation.LINEAR, Norm.NONE, 0);
            default -> throw new IllegalArgumentException("no network over columns: " + model);
        };
    }

    private static Activation activation(ModelSpec.Activation activation) {
        return Activation.valueOf(activation.name());
    }

    private String key(ColumnFeatures features) {
        return RunKey.of(spec, job.dataset().version().toString(), Json.write(features.columns()), model.toString());
    }
}
