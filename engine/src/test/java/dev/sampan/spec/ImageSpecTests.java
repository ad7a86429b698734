package dev.sampan.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampan.kernel.ProblemException;
import dev.sampan.spec.ImageAugment.Kind;
import dev.sampan.spec.ImageSpec.Interpolation;
import dev.sampan.spec.ImageSpec.Pixels;
import dev.sampan.spec.ImageSpec.ResizeMethod;
import dev.sampan.spec.ImageSpec.Standardize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageSpecTests {
    private static final String SHORT = """
            name: scans
            task: image_classification
            data:
              dataset: scans
              input_features: [{name: image, type: image}]
              output_features: [{name: label}]
            """;

    @TempDir
    Path folder;

    private Spec read(String text) throws IOException {
        Files.createDirectories(folder.resolve("scans/yes"));
        Files.writeString(folder.resolve("digits.csv"), "0,255,7,9,one\n");
        return Specs.read(Files.writeString(folder.resolve("sampan.yaml"), text), List.of());
    }

    @Test
    void fillsEverythingElseOfAShortFile() throws IOException {
        Spec spec = read(SHORT);

        assertThat(spec.model()).isEqualTo(new ModelSpec.ResNet(8, ModelSpec.ImageNorm.BATCH, null));
        assertThat(spec.data().inputFeatures().getFirst().preprocessing()).isEqualTo(ImageSpec.DEFAULT);
        assertThat(spec.data().augment()).isEqualTo(AugmentSpec.NONE);
    }

    @Test
    void readsHowPicturesArePreparedChangedAndLookedAt() throws IOException {
        String text = """
                name: scans
                task: image_classification
                data:
                  dataset: scans
                  input_features:
                    - name: image
                      type: image
                      preprocessing:
                        height: 64
                        width: 48
                        num_channels: 1
                        interpolation: bicubic
                        resize_method: pad
                        standardize_image: imagenet1k
                  output_features: [{name: label}]
                  augment:
                    image: [hflip, {rotate: 20}, {random_crop: 0.8}]
                model:
                  type: cnn
                  channels: [8, 16]
                  kernel_size: 5
                  padding: same
                  pooling: average
                  dense_size: 32
                  dropout: 0.2
                  model_name_or_path: ../other
                """;
        Spec spec = read(text);

        assertThat(spec.data().inputFeatures().getFirst().preprocessing())
                .isEqualTo(new ImageSpec(
                        64, 48, 1, Interpolation.BICUBIC, ResizeMethod.PAD, Standardize.IMAGENET1K, null));
        assertThat(spec.data().augment().image())
                .containsExactly(
                        new ImageAugment(Kind.HFLIP, 0.5),
                        new ImageAugment(Kind.ROTATE, 20),
                        new ImageAugment(Kind.RANDOM_CROP, 0.8));
        assertThat(spec.model())
                .isEqualTo(new ModelSpec.Cnn(
                        List.of(8, 16), 5, ModelSpec.Padding.SAME, ModelSpec.Pooling.AVERAGE, 32, 0.2, "../other"));
        assertThat(Specs.fromTree(Specs.toTree(spec), folder)).isEqualTo(spec);
    }

    @Test
    void readsPicturesThatStandAsNumbersInColumns() throws IOException {
        Spec spec = read("""
                name: digits
                task: image_classification
                data:
                  dataset: digits.csv
                  header: false
                  columns: [p0..p3, label]
                  input_features:
                    - name: image
                      type: image
                      preprocessing: {pixels: {columns: p0..p3, height: 2, width: 2}}
                  output_features: [{name: label}]
                """);

        assertThat(spec.data().source().columns()).containsExactly("p0", "p1", "p2", "p3", "label");
        ImageSpec image = (ImageSpec) spec.data().inputFeatures().getFirst().preprocessing();
        assertThat(image.pixels()).isEqualTo(new Pixels("p0..p3", 2, 2, 1));
        assertThat(Specs.fromTree(Specs.toTree(spec), folder)).isEqualTo(spec);
    }

    @Test
    void saysWhatIsWrong() {
        refused(SHORT + "  augment: {image: [{rotate: 200}]}\n", "200");
        refused(SHORT + "  augment: {image: [rotat]}\n", "rotat");
        refused(SHORT + "model: {type: resnet, depth: 20}\n", "20");
        refused(SHORT + "model: {type: bilstm}\n", "image_classification");
        refused(
                SHORT.replace(
                        "type: image}",
                        "type: image, preprocessing: {pixels: {columns: a0..a2, height: 2, width: 2}}}"),
                "names 3 columns, but 2 × 2 × 1 numbers make a picture");
    }

    private void refused(String text, String part) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(part);
    }

    @Test
    void aRangeNamesItsColumns() {
        assertThat(ColumnRange.names("p9..p11")).containsExactly("p9", "p10", "p11");
        assertThat(ColumnRange.names("p9..q11")).containsExactly("p9..q11");
        assertThat(ColumnRange.names("p9..p3")).containsExactly("p9..p3");
        assertThat(ColumnRange.names("a..b")).containsExactly("a..b");
    }
}
