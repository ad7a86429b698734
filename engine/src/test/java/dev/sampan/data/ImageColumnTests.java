package dev.sampan.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sampan.data.NamedTensors.Floats;
import dev.sampan.data.image.Frame;
import dev.sampan.data.image.Golden;
import dev.sampan.kernel.ProblemException;
import dev.sampan.spec.ImageSpec.Interpolation;
import dev.sampan.spec.ImageSpec.ResizeMethod;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageColumnTests {
    private final ImageColumn column = new ImageColumn(
            "image",
            ImageColumn.PIXEL_VALUES,
            new Frame(5, 4, 3, Interpolation.BILINEAR, ResizeMethod.STRETCH),
            List.of(0.5, 0.4, 0.3),
            List.of(0.25, 0.5, 1.0));

    @Test
    void standardisesChannelByChannel() {
        byte[] pixels = new byte[60];
        pixels[0] = (byte) 255; // red of the first pixel
        pixels[4] = 51; // green of the second

        float[] made = new float[61];
        column.fill(pixels, made, 1);

        assertThat(made[1]).isCloseTo((1 - 0.5f) / 0.25f, within(1e-6f));
        assertThat(made[2]).isCloseTo(-0.5f / 0.25f, within(1e-6f));
        assertThat(made[1 + 20 + 1]).isCloseTo((0.2f - 0.4f) / 0.5f, within(1e-6f));
        assertThat(made[1 + 40]).isCloseTo(-0.3f, within(1e-6f));
    }

    @Test
    void takesADataUrlAndPlainBase64Alike() {
        String base64 = Base64.getEncoder().encodeToString(Golden.file("colours.jpg"));
        Floats both = (Floats) column.encode(List.of("data:image/jpeg;base64," + base64, base64))
                .getFirst();

        assertThat(both.shape()).containsExactly(2, 3, 4, 5);
        for (int i = 0; i < 60; i++) {
            assertThat(both.values()[i]).isEqualTo(both.values()[60 + i]);
        }
    }

    @Test
    void saysWhatIsWrongWithAPicture() {
        refused("files/3f.png", "'files/3f.png' is not base64");
        refused("", "the value is empty");
        refused("data:image/png,xyz", "its data URL is not in base64");
        refused(Base64.getEncoder().encodeToString("text".getBytes()), "it is no JPEG, PNG, GIF, BMP or TIFF");
    }

    private void refused(String value, String sentence) {
        assertThatThrownBy(() -> column.encode(List.of(value))).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.problems().getFirst().code()).isEqualTo("input.invalid");
            assertThat(e.problems().getFirst().sentence())
                    .isEqualTo("The column 'image' holds no picture: " + sentence);
        });
    }

    @Test
    void travelsInThePackage(@TempDir Path folder) {
        ColumnFeatures features = new ColumnFeatures(List.of(column), new Target.Categories(List.of("no", "yes")));
        features.write(folder);

        assertThat(Features.read(folder)).isEqualTo(features);
        assertThat(features.encode(List.of(features.example())).tensors()).containsOnlyKeys("pixel_values");
    }

    @Test
    void missesAColumnThatIsAbsent() {
        ColumnFeatures features = new ColumnFeatures(List.of(column), new Target.Categories(List.of("no", "yes")));
        assertThatThrownBy(() -> features.encode(List.of(Map.of("imag", "x"))))
                .hasMessageContaining("The input has no 'image'");
    }
}
