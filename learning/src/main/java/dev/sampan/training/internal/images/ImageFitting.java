package dev.sampan.training.internal.images;

import dev.sampan.compute.Lanes;
import dev.sampan.data.ImageColumn;
import dev.sampan.data.Split;
import dev.sampan.data.image.Frame;
import dev.sampan.data.image.Picture;
import dev.sampan.kernel.Progress;
import dev.sampan.spec.ImageSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a column of pictures learns from the training rows: the frame, where the specification leaves it open, and mean
/// and deviation of the channels.
public final class ImageFitting {
    /// Larger pictures are brought to this side.
    private static final int SIDE_MAX = 256;

    /// Below it a channel is as good as even, and dividing by its deviation would blow up rounding errors.
    private static final double DEVIATION_LEAST = 1e-3;

    private static final List<Double> IMAGENET_MEAN = List.of(0.485, 0.456, 0.406);
    private static final List<Double> IMAGENET_DEVIATION = List.of(0.229, 0.224, 0.225);

    private ImageFitting() {}

    /// What the training pictures have in common.
    private static final class Common {
        private @Nullable Integer width;
        private @Nullable Integer height;
        private boolean grey = true;
        private boolean first = true;

        void see(Picture picture) {
            width = first || width != null && width == picture.width() ? (Integer) picture.width() : null;
            height = first || height != null && height == picture.height() ? (Integer) picture.height() : null;
            grey &= picture.channels() == 1;
            first = false;
        }
    }

    public static Frame frame(PictureColumn column, ImageSpec spec, Lanes lanes, Progress progress) throws IOException {
        Common common = new Common();
        if (spec.width() == null || spec.height() == null || spec.channels() == null) {
            PictureRows.read(column, Split.TRAIN, lanes, progress, ImageFitting::outline, (each, _) -> {
                if (each != null) {
                    common.see(each);
                }
            });
        }
        return new Frame(
                side(spec.width(), common.width),
                side(spec.height(), common.height),
                spec.channels() == null ? common.grey ? 1 : 3 : spec.channels(),
                spec.interpolation(),
                spec.method());
    }

    /// The picture itself, but grey where all its colours are.
    private static Picture outline(Picture picture) {
        byte[] pixels = picture.pixels();
        for (int i = 0; picture.channels() == 3 && i < pixels.length; i += 3) {
            if (pixels[i] != pixels[i + 1] || pixels[i] != pixels[i + 2]) {
                return picture;
            }
        }
        return picture.withChannels(1);
    }

    private static int side(@Nullable Integer wanted, @Nullable Integer shared) {
        if (wanted != null) {
            return wanted;
        }
        return shared == null ? SIDE_MAX : Math.min(SIDE_MAX, shared);
    }

    public static ImageColumn column(String name, ImageSpec spec, PictureStore train) {
        Frame frame = train.frame();
        int channels = frame.channels();
        return switch (spec.standardize()) {
            case NONE -> column(name, frame, same(0, channels), same(1, channels));
            case IMAGENET1K ->
                channels == 3
                        ? column(name, frame, IMAGENET_MEAN, IMAGENET_DEVIATION)
                        : column(name, frame, same(0.449, 1), same(0.226, 1)); // the channels' mean
            case FITTED -> fitted(name, train);
        };
    }

    private static ImageColumn fitted(String name, PictureStore train) {
        int channels = train.frame().channels();
        double[] sums = new double[channels];
        double[] squares = new double[channels];
        int pictures = 0;
        for (int row = 0; row < train.rows(); row++) {
            if (!train.present(row)) {
                continue;
            }
            pictures++;
            byte[] pixels = train.picture(row).pixels();
            for (int c = 0; c < channels; c++) {
                long sum = 0;
                long square = 0;
                for (int i = c; i < pixels.length; i += channels) {
                    int value = pixels[i] & 0xFF;
                    sum += value;
                    square += value * value;
                }
                sums[c] += sum;
                squares[c] += square;
            }
        }
        double count = (double) Math.max(1, pictures) * train.frame().size() / channels;
        List<Double> mean = new ArrayList<>();
        List<Double> deviation = new ArrayList<>();
        for (int c = 0; c < channels; c++) {
            double centre = sums[c] / count;
            mean.add(centre / 255);
            deviation.add(Math.max(
                    DEVIATION_LEAST, Math.sqrt(Math.max(0, squares[c] / count - centre * centre)) / 255));
        }
        return column(name, train.frame(), mean, deviation);
    }

    private static ImageColumn column(String name, Frame frame, List<Double> mean, List<Double> deviation) {
        return new ImageColumn(name, ImageColumn.PIXEL_VALUES, frame, mean, deviation);
    }

    private static List<Double> same(double value, int count) {
        return Collections.nCopies(count, value);
    }
}
