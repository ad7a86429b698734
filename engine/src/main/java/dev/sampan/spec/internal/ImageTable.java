package dev.sampan.spec.internal;

import dev.sampan.spec.AugmentSpec;
import dev.sampan.spec.ImageAugment;
import dev.sampan.spec.ImageSpec;
import dev.sampan.spec.ImageSpec.Interpolation;
import dev.sampan.spec.ImageSpec.Pixels;
import dev.sampan.spec.ImageSpec.ResizeMethod;
import dev.sampan.spec.ImageSpec.Standardize;
import dev.sampan.spec.TextAugment;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The keys of columns of pictures and of their augmentation.
final class ImageTable {
    private static final int SIDE_MAX = 2048;

    static final Block<ImageSpec> IMAGES = images();
    static final Block<AugmentSpec> AUGMENT = augment();

    private ImageTable() {}

    private static Block<ImageSpec> images() {
        Type<Integer> side = NumberTypes.whole(4, SIDE_MAX);
        Field<ImageSpec, Integer> height = Field.nullable(
                "height",
                side,
                "Rows of pixels; null: what all training pictures share when that is at most 256, else 256",
                ImageSpec::height);
        Field<ImageSpec, Integer> width = Field.nullable(
                "width",
                side,
                "Pixels of a row; null: what all training pictures share when that is at most 256, else 256",
                ImageSpec::width);
        Field<ImageSpec, Integer> channels = Field.nullable(
                "num_channels",
                channels(),
                "1 for grey, 3 for colours; null: 1 when all training pictures are grey, else 3",
                ImageSpec::channels);
        Field<ImageSpec, Interpolation> interpolation = Field.of(
                "interpolation",
                TextTypes.choice(Interpolation.class, "nearest", "lanczos"),
                Interpolation.BILINEAR,
                "How pixels are weighted when a picture is made larger or smaller",
                ImageSpec::interpolation);
        Field<ImageSpec, ResizeMethod> method = Field.of(
                "resize_method",
                TextTypes.choice(ResizeMethod.class),
                ResizeMethod.STRETCH,
                "Pictures of other proportions are stretched, cropped around their middle, or padded with black",
                ImageSpec::method);
        Field<ImageSpec, Standardize> standardize = Field.of(
                "standardize_image",
                TextTypes.choice(Standardize.class),
                Standardize.FITTED,
                "Mean and deviation of the channels: of the training pictures, of ImageNet, or 0 and 1",
                ImageSpec::standardize);
        Field<ImageSpec, Pixels> pixels = Field.nullable(
                "pixels",
                pixels(),
                "Where a picture stands as numbers in columns; null for pictures",
                ImageSpec::pixels);
        return new Block<>(
                List.of(height, width, channels, interpolation, method, standardize, pixels),
                Set.of("resize", "crop", "requires_equal_dimensions", "infer_image_dimensions"),
                v -> new ImageSpec(
                        v.find(height),
                        v.find(width),
                        v.find(channels),
                        v.get(interpolation),
                        v.get(method),
                        v.get(standardize),
                        v.find(pixels)));
    }

    private static Type<Integer> channels() {
        return new OneOf(List.of(1, 3));
    }

    private static Block<Pixels> pixels() {
        Field<Pixels, String> columns = Field.required(
                "columns", TextTypes.text(), "The numbers' columns as a range: p0..p783", Pixels::columns);
        Field<Pixels, Integer> height =
                Field.required("height", NumberTypes.whole(1, SIDE_MAX), "Rows of pixels", Pixels::height);
        Field<Pixels, Integer> width =
                Field.required("width", NumberTypes.whole(1, SIDE_MAX), "Pixels of a row", Pixels::width);
        Field<Pixels, Integer> channels = Field.of(
                "num_channels",
                channels(),
                1,
                "1 for grey, 3 for red, green and blue beside each other",
                Pixels::channels);
        return new Block<>(
                List.of(columns, height, width, channels),
                Set.of(),
                v -> checked(v, new Pixels(v.get(columns), v.get(height), v.get(width), v.get(channels))));
    }

    private static @Nullable Pixels checked(Values values, Pixels pixels) {
        int named = pixels.names().size();
        int needed = pixels.height() * pixels.width() * pixels.channels();
        if (named != needed) {
            values.problem(
                    "columns",
                    Spot.OUT_OF_RANGE,
                    Scalars.quoted(pixels.columns()) + " names " + named + " columns, but " + pixels.height() + " × "
                            + pixels.width() + " × " + pixels.channels() + " numbers make a picture",
                    "Write for example 'columns: p0..p" + (needed - 1) + "'");
            return null;
        }
        return pixels;
    }

    private static Block<AugmentSpec> augment() {
        Field<AugmentSpec, List<ImageAugment>> image = Field.of(
                "image",
                new ListType<>(new AugmentType(), "steps", 0, 32),
                List.of(),
                "What is done at random to training pictures: each step's name, or its name and how much",
                AugmentSpec::image);
        Field<AugmentSpec, TextAugment> text = Field.nullable(
                "text",
                BalanceTable.TEXT,
                "How copies of training texts are changed; null: none are made",
                AugmentSpec::text);
        return new Block<>(
                List.of(image, text), Set.of("audio", "tabular"), v -> new AugmentSpec(v.get(image), v.find(text)));
    }

    /// One of few numbers.
    record OneOf(List<Integer> numbers) implements Type<Integer> {
        @Override
        public @Nullable Integer read(Spot spot) {
            Integer number =
                    NumberTypes.whole(numbers.getFirst(), numbers.getLast()).read(spot);
            if (number != null && !numbers.contains(number)) {
                spot.problem(Spot.OUT_OF_RANGE, spot.name() + " is " + number, "Write one of " + numbers);
                return null;
            }
            return number;
        }

        @Override
        public Object write(Integer value) {
            return value;
        }

        @Override
        public Map<String, Object> schema() {
            return Map.of("enum", numbers);
        }
    }
}
