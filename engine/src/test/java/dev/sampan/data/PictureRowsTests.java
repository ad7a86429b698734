package dev.sampan.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampan.data.NamedTensors.Floats;
import dev.sampan.data.image.Frame;
import dev.sampan.data.image.Golden;
import dev.sampan.data.image.Picture;
import dev.sampan.data.image.PictureReader;
import dev.sampan.data.image.PlainPng;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Progress;
import dev.sampan.spec.DataSpec;
import dev.sampan.spec.DataSpec.InputFeature;
import dev.sampan.spec.DataSpec.InputType;
import dev.sampan.spec.ImageSpec;
import dev.sampan.spec.ImageSpec.Interpolation;
import dev.sampan.spec.ImageSpec.Pixels;
import dev.sampan.spec.ImageSpec.ResizeMethod;
import dev.sampan.spec.ImageSpec.Standardize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureRowsTests {
    private static final ImageSpec TWO_BY_TWO = new ImageSpec(
            null,
            null,
            null,
            Interpolation.BILINEAR,
            ResizeMethod.STRETCH,
            Standardize.FITTED,
            new Pixels("p0..p3", 2, 2, 1));

    @TempDir
    Path folder;

    private Dataset prepare(DataFixture fixture) {
        return Datasets.prepare(fixture.in(folder), folder.resolve("made"), Progress.NONE);
    }

    @Test
    void numbersInColumnsBecomePictures() throws Exception {
        StringBuilder csv = new StringBuilder("p0,label,p1,p2,p3\n");
        for (int i = 0; i < 200; i++) {
            csv.append(i)
                    .append(i % 2 == 0 ? ",even," : ",odd,")
                    .append("0,255,")
                    .append(i % 100)
                    .append('\n');
        }
        DataFixture.write(folder, "data.csv", csv.toString());
        Dataset dataset = prepare(new DataFixture()
                .inputs(new InputFeature("digit", InputType.IMAGE, TWO_BY_TWO))
                .output("label"));

        try (RowReader rows = Datasets.rows(dataset, Split.TRAIN)) {
            Row row = Objects.requireNonNull(rows.next());
            assertThat(row.values().getFirst()).startsWith("files/").endsWith(".png");
            Picture picture = PictureReader.read(
                    Files.readAllBytes(dataset.folder().resolve(row.values().getFirst())));
            assertThat(picture.channels()).isEqualTo(1);
            assertThat(picture.at(0, 1, 0)).isEqualTo(255);
            assertThat(picture.at(0, 0, 0) % 2 == 0 ? "even" : "odd")
                    .isEqualTo(row.values().getLast());
        }
    }

    @Test
    void aPixelThatIsNoNumberIsSaidWithItsPlace() {
        DataFixture.write(folder, "data.csv", "p0,p1,p2,p3,label\n1,2,3,300,a\n");
        assertThatThrownBy(() -> prepare(new DataFixture()
                        .inputs(new InputFeature("digit", InputType.IMAGE, TWO_BY_TWO))
                        .output("label")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("Pixel 3 of 'digit' is '300'");
    }

    /// A header that is whole is not enough: half a picture, and one that claims gigapixels, are counted and left out.
    @Test
    void damagedPicturesAreCountedAndLeftOut() throws IOException {
        Files.createDirectories(folder.resolve("pictures"));
        StringBuilder csv = new StringBuilder("picture,label\n");
        byte[] whole = Golden.file("colours.png");
        for (int i = 0; i < 60; i++) {
            Picture picture = new Picture(1, 1, 1, new byte[] {(byte) i});
            byte[] bytes = i == 7 ? Arrays.copyOf(whole, whole.length / 2) : PlainPng.of(picture);
            Files.write(folder.resolve("pictures/" + i + ".png"), bytes);
            csv.append("pictures/").append(i).append(".png,").append(i % 2).append('\n');
        }
        DataFixture.write(folder, "data.csv", csv.toString());
        Dataset dataset = prepare(new DataFixture().columns("picture:image").output("label"));

        assertThat(dataset.quality().dropped()).containsEntry("corrupt_image", 1L);
    }

    @Test
    void callsSendPicturesInsteadOfPaths() throws IOException {
        Files.write(folder.resolve("a.png"), Golden.file("colours.png"));
        DataFixture.write(folder, "rows.csv", "name,image\nx,a.png\ny,missing.png\n");
        Features features = new ColumnFeatures(
                List.of(new ImageColumn(
                        "image",
                        ImageColumn.PIXEL_VALUES,
                        new Frame(4, 4, 3, Interpolation.BILINEAR, ResizeMethod.STRETCH),
                        List.of(0.0, 0.0, 0.0),
                        List.of(1.0, 1.0, 1.0))),
                new Target.Categories(List.of("a", "b")));
        RowReader file = Datasets.read(folder.resolve("rows.csv"), DataSpec.Format.AUTO, "auto");
        try (RowReader rows = Datasets.calls(file, features, folder)) {
            Row first = Objects.requireNonNull(rows.next());
            Floats pixels = (Floats) Objects.requireNonNull(
                    features.encode(List.of(Map.of("image", first.values().get(1))))
                            .tensors()
                            .get("pixel_values"));
            assertThat(pixels.shape()).containsExactly(1, 3, 4, 4);
            assertThatThrownBy(rows::next).hasMessageContaining("There is no picture 'missing.png'");
        }
    }

    @Test
    void plainPngsAreReadAsTheyWereWritten() throws Exception {
        byte[] pixels = new byte[300 * 120 * 3];
        new Random(1).nextBytes(pixels);
        Picture picture = new Picture(300, 120, 3, pixels);

        assertThat(PictureReader.read(PlainPng.of(picture)).pixels()).isEqualTo(pixels);
    }
}
