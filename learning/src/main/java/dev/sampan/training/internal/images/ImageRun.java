package dev.sampan.training.internal.images;

import dev.sampan.compute.Lanes;
import dev.sampan.data.ColumnFeatures;
import dev.sampan.data.Dataset;
import dev.sampan.data.ImageColumn;
import dev.sampan.data.Split;
import dev.sampan.data.Target;
import dev.sampan.data.image.Frame;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Progress;
import dev.sampan.model.ModelPackage;
import dev.sampan.model.OutputProblem;
import dev.sampan.model.PackageDraft;
import dev.sampan.network.images.ConvBody;
import dev.sampan.network.images.ImageBody;
import dev.sampan.network.images.ImageClassifier;
import dev.sampan.network.images.ResNetBody;
import dev.sampan.spec.DataSpec.InputFeature;
import dev.sampan.spec.ImageSpec;
import dev.sampan.spec.ModelSpec;
import dev.sampan.spec.TrainSpec;
import dev.sampan.training.TrainingJob;
import dev.sampan.training.internal.Checkpoints;
import dev.sampan.training.internal.PackageFiles;
import dev.sampan.training.loop.Audience;
import dev.sampan.training.loop.Checkpoint;
import dev.sampan.training.loop.ClassExaminer;
import dev.sampan.training.loop.ClassObjective;
import dev.sampan.training.loop.Lesson;
import dev.sampan.training.loop.RunKey;
import dev.sampan.training.loop.RunState;
import dev.sampan.training.loop.TrainingLoop;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// From a data set of pictures to the package of a classifier.
public final class ImageRun {
    private final TrainingJob job;
    private final ModelSpec model;
    private final Audience audience;
    private final Progress progress;
    private final Dataset dataset;

    /// @param model a [ModelSpec.Cnn] or [ModelSpec.ResNet]
    public ImageRun(TrainingJob job, ModelSpec model, Audience audience) {
        this.job = job;
        this.model = model;
        this.audience = audience;
        progress = audience.progress();
        dataset = job.dataset();
    }

    /// @throws ProblemException `training.one_picture`, `training.no_rows`, `training.picture_too_small`,
    ///     `training.no_weights`
    public ModelPackage run() {
        InputFeature input = onlyInput();
        if (dataset.count(Split.TRAIN) == 0) {
            throw new ProblemException(Problem.of("training.no_rows", "No row is left to learn from"));
        }
        try (PackageDraft draft = PackageDraft.create(job.out(), job.force());
                Lanes lanes = new Lanes(job.threads())) {
            ImageSpec spec = (ImageSpec) input.preprocessing();
            progress.at("fit", 0, 1, "");
            Frame frame = ImageFitting.frame(new PictureColumn(dataset, 0, false), spec, lanes, progress);
            progress.at("fit", 1, 1, frame.width() + " × " + frame.height() + " × " + frame.channels());
            try (PictureStore train = store(Split.TRAIN, frame, lanes);
                    PictureStore validation =
                            dataset.count(Split.VALIDATION) == 0 ? null : store(Split.VALIDATION, frame, lanes)) {
                ImageColumn column = ImageFitting.column(input.name(), spec, train);
                return learn(draft, lanes, column, train, validation);
            }
        } catch (IOException e) {
            throw OutputProblem.of(job.work(), e);
        }
    }

    private InputFeature onlyInput() {
        List<InputFeature> inputs = job.spec().data().inputFeatures();
        if (inputs.size() != 1) {
            throw new ProblemException(Problem.of(
                            "training.one_picture", "This task looks at one picture of a row, not at " + inputs.size())
                    .at("data.input_features"));
        }
        return inputs.getFirst();
    }

    private PictureStore store(Split split, Frame frame, Lanes lanes) throws IOException {
        return PictureStore.of(
                new PictureColumn(dataset, 0, false), split, frame, job.work().resolve("pictures"), lanes, progress);
    }

    private ModelPackage learn(
            PackageDraft draft, Lanes lanes, ImageColumn column, PictureStore train, @Nullable PictureStore validation)
            throws IOException {
        TrainSpec spec = job.spec().train();
        Frame frame = column.frame();
        ImageClassifier network = new ImageClassifier(
                body(frame),
                new ImageClassifier.Input(column.tensor(), frame.channels(), frame.height(), frame.width()),
                dataset.labels(),
                spec.seed());
        FirstWeights first = from() == null ? null : FirstWeights.take(network, folder(from()));
        Map<String, Long> counts = train.labelCounts(dataset.labels());
        Lesson lesson = new Lesson(
                network,
                ClassObjective.of(spec.losses(), dataset.labels(), counts),
                new ImageExamples(train, column, job.spec().data().augment().image()),
                validation == null ? null : new ImageExamples(validation, column, List.of()),
                new ClassExaminer(dataset.labels().size()));
        Checkpoint checkpoint = Checkpoints.of(job, key(column));
        RunState end = new TrainingLoop(lesson, spec, checkpoint, audience).run(lanes);
        progress.at("package", 0, 1, "");
        Map<String, Object> facts = PackageFiles.facts(job, train.rows(), end);
        if (first != null) {
            facts.put("first_weights", Map.of("taken", first.taken().size(), "random", first.left()));
        }
        ColumnFeatures features = new ColumnFeatures(List.of(column), new Target.Categories(dataset.labels()));
        String type = model instanceof ModelSpec.Cnn ? "cnn" : "resnet";
        ModelPackage made = PackageFiles.of(type, features, network, facts).commit(draft, job, counts);
        checkpoint.delete();
        progress.at("package", 1, 1, "");
        return made;
    }

    private ImageBody body(Frame frame) {
        return switch (model) {
            case ModelSpec.Cnn cnn -> conv(cnn, frame);
            case ModelSpec.ResNet net ->
                new ResNetBody(new ResNetBody.Shape(
                        frame.height(),
                        frame.width(),
                        frame.channels(),
                        net.depth(),
                        net.norm() == ModelSpec.ImageNorm.GROUP));
            default -> throw new IllegalArgumentException("no network of pictures: " + model);
        };
    }

    private static ConvBody conv(ModelSpec.Cnn cnn, Frame frame) {
        ConvBody.Shape shape = new ConvBody.Shape(
                frame.height(),
                frame.width(),
                frame.channels(),
                cnn.channels(),
                cnn.kernel(),
                cnn.padding() == ModelSpec.Padding.SAME,
                cnn.pooling() == ModelSpec.Pooling.AVERAGE,
                cnn.denseSize(),
                cnn.dropout());
        if (!shape.fits()) {
            throw new ProblemException(Problem.of(
                            "training.picture_too_small",
                            cnn.channels().size() + " convolutions leave nothing of pictures of " + frame.width()
                                    + " × " + frame.height() + " pixels")
                    .at("model.channels")
                    .remedy("Write fewer channels, model.padding: same, or a larger height and width"));
        }
        return new ConvBody(shape);
    }

    private @Nullable String from() {
        return switch (model) {
            case ModelSpec.Cnn cnn -> cnn.from();
            case ModelSpec.ResNet net -> net.from();
            default -> null;
        };
    }

    private Path folder(String from) {
        return job.spec().folder().resolve(from);
    }

    /// Names what is trained on what.
    private String key(ImageColumn column) {
        return RunKey.of(
                job.spec().train(),
                dataset.version().toString(),
                column.toString(),
                model.toString(),
                job.spec().data().augment().toString());
    }
}
