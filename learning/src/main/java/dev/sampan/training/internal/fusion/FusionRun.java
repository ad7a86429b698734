package dev.sampan.training.internal.fusion;

import dev.sampan.compute.Lanes;
import dev.sampan.data.ColumnFeatures;
import dev.sampan.data.Dataset;
import dev.sampan.data.FittedColumn;
import dev.sampan.data.FusedPart;
import dev.sampan.data.NgramColumn;
import dev.sampan.data.OptionalImageColumn;
import dev.sampan.data.Split;
import dev.sampan.data.Target;
import dev.sampan.data.image.Frame;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Progress;
import dev.sampan.model.Manifest;
import dev.sampan.model.ModelPackage;
import dev.sampan.model.OutputProblem;
import dev.sampan.model.PackageDraft;
import dev.sampan.network.TableNetwork;
import dev.sampan.network.fusion.Branch;
import dev.sampan.network.fusion.FusionNetwork;
import dev.sampan.network.fusion.ImageBranch;
import dev.sampan.network.fusion.TableBranch;
import dev.sampan.network.fusion.TextBranch;
import dev.sampan.network.images.ConvBody;
import dev.sampan.network.objectives.Regression;
import dev.sampan.spec.ModelSpec;
import dev.sampan.spec.TrainSpec;
import dev.sampan.training.TrainingJob;
import dev.sampan.training.internal.Checkpoints;
import dev.sampan.training.internal.PackageFiles;
import dev.sampan.training.internal.tabular.Columns;
import dev.sampan.training.internal.tabular.TableExamples.Quantity;
import dev.sampan.training.loop.Audience;
import dev.sampan.training.loop.Checkpoint;
import dev.sampan.training.loop.ClassExaminer;
import dev.sampan.training.loop.ClassObjective;
import dev.sampan.training.loop.Lesson;
import dev.sampan.training.loop.NumberExaminer;
import dev.sampan.training.loop.RunKey;
import dev.sampan.training.loop.RunState;
import dev.sampan.training.loop.TrainingLoop;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// From a data set of texts, pictures and columns to the package of a fused model.
public final class FusionRun {
    private final TrainingJob job;
    private final ModelSpec.Fusion model;
    private final Audience audience;
    private final TrainSpec spec;

    public FusionRun(TrainingJob job, ModelSpec.Fusion model, Audience audience) {
        this.job = job;
        this.model = model;
        this.audience = audience;
        this.spec = job.spec().train();
    }

    /// @throws ProblemException `training.no_rows`, `training.one_class`, `training.picture_too_small`,
    ///     `data.no_ngrams`, and what fitting columns throws
    public ModelPackage run() {
        Dataset dataset = job.dataset();
        Progress progress = audience.progress();
        if (dataset.count(Split.TRAIN) == 0) {
            throw new ProblemException(Problem.of("training.no_rows", "No row is left to learn from"));
        }
        Target target = Columns.target(job);
        try (PackageDraft draft = PackageDraft.create(job.out(), job.force());
                Lanes lanes = new Lanes(job.threads())) {
            progress.at("fit", 0, 1, "");
            try (FusionParts parts = FusionParts.fit(job, model, target, lanes, progress)) {
                progress.at("fit", 1, 1, "");
                FusionExamples train = FusionExamples.of(dataset, parts, Split.TRAIN, null, progress);
                FusionExamples validation = dataset.count(Split.VALIDATION) == 0
                        ? null
                        : FusionExamples.of(dataset, parts, Split.VALIDATION, train.scale(), progress);
                return learn(draft, lanes, train, validation);
            }
        } catch (IOException e) {
            throw OutputProblem.of(job.work(), e);
        }
    }

    private ModelPackage learn(
            PackageDraft draft, Lanes lanes, FusionExamples train, @Nullable FusionExamples validation)
            throws IOException {
        ColumnFeatures features = train.parts().features();
        FusionNetwork network = new FusionNetwork(branches(train.parts()), answer(features, train), spec.seed());
        Checkpoint checkpoint = Checkpoints.of(job, key(features));
        RunState end = new TrainingLoop(lesson(network, train, validation), spec, checkpoint, audience).run(lanes);
        audience.progress().at("package", 0, 1, "");
        Map<String, Object> facts = PackageFiles.facts(job, train.rows(), end);
        facts.put("parts", parts(network, train, validation));
        if (train.parts().table() != null) {
            facts.put("columns", train.parts().table().notes());
        }
        Quantity scale = train.scale();
        if (scale != null) {
            facts.put(Manifest.TARGET_MEAN, scale.mean());
        }
        ModelPackage made = PackageFiles.of("fusion", features, network, facts).commit(draft, job, train.counts());
        checkpoint.delete();
        audience.progress().at("package", 1, 1, "");
        return made;
    }

    private Lesson lesson(FusionNetwork network, FusionExamples train, @Nullable FusionExamples validation) {
        List<String> labels = train.parts().features().labels();
        Regression squared = new Regression.Squared();
        return new Lesson(
                network,
                labels.isEmpty() ? squared : ClassObjective.of(spec.losses(), labels, train.counts()),
                train.augmented(job.spec().data().augment().image()),
                validation,
                labels.isEmpty() ? new NumberExaminer(squared) : new ClassExaminer(labels.size()));
    }

    private static TableNetwork.Answer answer(ColumnFeatures features, FusionExamples train) {
        Quantity scale = train.scale();
        return scale == null
                ? new TableNetwork.Labels(features.labels())
                : new TableNetwork.Quantity(scale.mean(), scale.deviation());
    }

    /// In the order of [FusedPart#of].
    private List<Branch> branches(FusionParts parts) {
        List<Branch> branches = new ArrayList<>();
        int pictures = 0;
        for (FittedColumn column : parts.features().columns()) {
            if (column instanceof NgramColumn text) {
                TextBranch.Input input = new TextBranch.Input(text.ids(), text.weights(), text.size());
                branches.add(new TextBranch(
                        text.tensor(), input, model.embeddingSize(), model.denseSize(), model.dropout()));
            } else if (column instanceof OptionalImageColumn image) {
                branches.add(new ImageBranch(
                        "image_" + pictures++,
                        shape(image.image().frame()),
                        image.image().tensor(),
                        image.present()));
            }
        }
        if (parts.table() != null) {
            List<Integer> sizes = parts.features().indexes().stream()
                    .map(FittedColumn.Index::size)
                    .toList();
            branches.add(
                    new TableBranch("table", parts.features().numbers(), sizes, model.hiddenSizes(), model.dropout()));
        }
        return branches;
    }

    private ConvBody.Shape shape(Frame frame) {
        ConvBody.Shape shape = new ConvBody.Shape(
                frame.height(),
                frame.width(),
                frame.channels(),
                model.channels(),
                3,
                true,
                false,
                model.denseSize(),
                model.dropout());
        if (!shape.fits()) {
            throw new ProblemException(Problem.of(
                            "training.picture_too_small",
                            model.channels().size() + " convolutions leave nothing of pictures of " + frame.width()
                                    + " × " + frame.height() + " pixels")
                    .at("model.channels")
                    .remedy("Write fewer channels, or a larger height and width"));
        }
        return shape;
    }

    /// Each part with its mean share in the answers to the validation rows, to the training rows where there are no
    /// others.
    private static List<Map<String, Object>> parts(
            FusionNetwork network, FusionExamples train, @Nullable FusionExamples validation) {
        List<FusedPart> parts = FusedPart.of(train.parts().features());
        if (parts.isEmpty()) {
            return List.of();
        }
        double[] shares = MeanShares.of(network, validation == null ? train : validation, parts.size());
        List<Map<String, Object>> told = new ArrayList<>();
        for (int i = 0; i < shares.length; i++) {
            FusedPart part = parts.get(i);
            told.add(Map.of(
                    "name", part.name(), "kind", part.kind().name().toLowerCase(Locale.ROOT), "share", shares[i]));
        }
        return told;
    }

    private String key(ColumnFeatures features) {
        return RunKey.of(
                spec,
                job.dataset().version().toString(),
                Json.write(features.columns()),
                model.toString(),
                job.spec().data().augment().toString());
    }
}
