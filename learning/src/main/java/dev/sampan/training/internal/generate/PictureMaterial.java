package dev.sampan.training.internal.generate;

import dev.sampan.compute.Lanes;
import dev.sampan.data.Dataset;
import dev.sampan.data.PictureSample;
import dev.sampan.data.SampleFeatures;
import dev.sampan.data.Split;
import dev.sampan.data.Target;
import dev.sampan.data.image.Frame;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Progress;
import dev.sampan.network.Network;
import dev.sampan.network.adversarial.Critic;
import dev.sampan.network.adversarial.PictureCritic;
import dev.sampan.network.adversarial.PictureGenerator;
import dev.sampan.network.adversarial.PictureShape;
import dev.sampan.spec.DataSpec.InputFeature;
import dev.sampan.spec.GanSpec;
import dev.sampan.spec.ImageSpec;
import dev.sampan.training.TrainingJob;
import dev.sampan.training.internal.images.ImageFitting;
import dev.sampan.training.internal.images.PictureColumn;
import dev.sampan.training.internal.images.PictureStore;
import dev.sampan.training.loop.Examples;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A column of pictures.
record PictureMaterial(
        TrainingJob job,
        PictureSample column,
        List<Integer> channels,
        PictureStore pictures,
        @Nullable PictureStore heldOut)
        implements Material {
    private static final int SIDE_MAX = 128;

    /// @throws ProblemException `training.picture_too_large`, `training.picture_not_halved`
    static PictureMaterial of(TrainingJob job, GanSpec gan, Lanes lanes, Progress progress) throws IOException {
        InputFeature input = job.spec().data().inputFeatures().getFirst();
        PictureColumn read = new PictureColumn(job.dataset(), 0, false);
        progress.at("fit", 0, 1, "");
        Frame frame = ImageFitting.frame(read, (ImageSpec) input.preprocessing(), lanes, progress);
        progress.at("fit", 1, 1, frame.width() + " × " + frame.height() + " × " + frame.channels());
        List<Integer> channels = channels(gan, frame);
        PictureStore train = store(job, read, Split.TRAIN, frame, lanes, progress);
        PictureStore validation = job.dataset().count(Split.VALIDATION) == 0
                ? null
                : store(job, read, Split.VALIDATION, frame, lanes, progress);
        return new PictureMaterial(job, new PictureSample(input.name(), frame), channels, train, validation);
    }

    private static List<Integer> channels(GanSpec gan, Frame frame) {
        if (Math.max(frame.width(), frame.height()) > SIDE_MAX) {
            throw new ProblemException(Problem.of(
                            "training.picture_too_large",
                            "Pictures of " + frame.width() + " × " + frame.height() + " pixels are too large to be"
                                    + " made; " + SIDE_MAX + " is the most")
                    .at("data.input_features")
                    .remedy("Write preprocessing: {height: 64, width: 64}"));
        }
        List<Integer> channels =
                gan.channels() == null ? PictureShape.usual(frame.height(), frame.width()) : gan.channels();
        if (channels == null || !PictureShape.fits(frame.height(), frame.width(), channels.size())) {
            int times = channels == null ? 1 : channels.size();
            throw new ProblemException(Problem.of(
                            "training.picture_not_halved",
                            "A picture of " + frame.width() + " × " + frame.height() + " pixels cannot be halved "
                                    + times + " times")
                    .at("model.channels")
                    .remedy("Write preprocessing: {height: 32, width: 32}, or 28 or 64, or fewer channels"));
        }
        return channels;
    }

    private static PictureStore store(
            TrainingJob job, PictureColumn column, Split split, Frame frame, Lanes lanes, Progress progress)
            throws IOException {
        return PictureStore.of(column, split, frame, job.work().resolve("pictures"), lanes, progress);
    }

    @Override
    public Target.Samples target() {
        return new Target.Samples(List.of(column));
    }

    @Override
    public Examples train() {
        return rows(pictures);
    }

    @Override
    public @Nullable Examples validation() {
        return heldOut == null ? null : rows(heldOut);
    }

    private Examples rows(PictureStore store) {
        Dataset dataset = job.dataset();
        return new RealRows(
                store.rows(),
                column.width(),
                dataset.labels().size(),
                store::label,
                (row, _, target, at) -> column.fill(store.picture(row).pixels(), target, at));
    }

    @Override
    public int label(int row) {
        return pictures.label(row);
    }

    private PictureShape shape(SampleFeatures features) {
        Frame frame = column.frame();
        return new PictureShape(
                frame.height(),
                frame.width(),
                frame.channels(),
                channels,
                features.conditions().size());
    }

    @Override
    public Network generator(SampleFeatures features) {
        return new PictureGenerator(
                shape(features), features.latent(), job.spec().train().seed());
    }

    @Override
    public Critic critic(SampleFeatures features) {
        return new PictureCritic(shape(features), job.spec().train().seed());
    }

    @Override
    public String key() {
        return column.toString();
    }

    @Override
    public void close() {
        pictures.close();
        if (heldOut != null) {
            heldOut.close();
        }
    }
}
