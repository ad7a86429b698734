package dev.sampan.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sampan.data.NamedTensors.Floats;
import dev.sampan.data.image.Frame;
import dev.sampan.data.image.Picture;
import dev.sampan.data.image.PictureReader;
import dev.sampan.kernel.ProblemException;
import dev.sampan.spec.ImageSpec.Interpolation;
import dev.sampan.spec.ImageSpec.ResizeMethod;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleFeaturesTests {
    private static final NumberSample AGE = new NumberSample("age", new double[] {17.5, 30, 45, 90.5}, 0, false);
    private static final NumberSample INCOME = new NumberSample("income", new double[] {0, 0, 10, 20.5}, 1, true);
    private static final WordSample JOB = new WordSample("job", List.of("nurse", "baker", ""));
    private static final SampleFeatures FEATURES = new SampleFeatures(
            6, "good", List.of("no", "yes"), List.of(0.25, 0.75), new Target.Samples(List.of(AGE, JOB, INCOME)));

    @Test
    void oneSeedIsOneSampleWhateverStandsBesideIt() {
        NamedTensors alone = FEATURES.encode(List.of(Map.of("seed", "7")));
        NamedTensors second = FEATURES.encode(List.of(Map.of("seed", "-3"), Map.of("seed", "7")));

        assertThat(alone.tensors().keySet()).containsExactly("noise", "choices", "condition");
        alone.tensors().forEach((name, values) -> {
            float[] one = ((Floats) values).values();
            float[] both = ((Floats) Objects.requireNonNull(second.tensors().get(name))).values();
            assertThat(java.util.Arrays.copyOfRange(both, one.length, 2 * one.length))
                    .as(name)
                    .containsExactly(one);
        });
    }

    /// Written down once: a package must make of a seed tomorrow what it made of it today.
    @Test
    void noiseOfASeedStaysWhatItIs() {
        float[] noise = ((Floats) Objects.requireNonNull(
                        FEATURES.encode(List.of(Map.of("seed", "7"))).tensors().get("noise")))
                .values();
        float[] expected = new float[6];
        SplittableRandom random = new SplittableRandom(7);
        random.nextDouble();
        Noise.normal(random, expected);
        assertThat(noise).containsExactly(expected);
    }

    @Test
    void noiseHasTheMomentsOfItsDistributions() {
        float[] normal = new float[100_001];
        Noise.normal(new SplittableRandom(1), normal);
        float[] gumbel = new float[100_000];
        Noise.gumbel(new SplittableRandom(1), gumbel);

        assertThat(mean(normal)).isCloseTo(0, within(0.02));
        assertThat(deviation(normal)).isCloseTo(1, within(0.02));
        assertThat(mean(gumbel)).as("Euler's constant").isCloseTo(0.5772, within(0.02));
        assertThat(deviation(gumbel)).isCloseTo(Math.PI / Math.sqrt(6), within(0.03));
    }

    private static double mean(float[] values) {
        return IntStream.range(0, values.length)
                .mapToDouble(i -> values[i])
                .average()
                .orElseThrow();
    }

    private static double deviation(float[] values) {
        double mean = mean(values);
        return Math.sqrt(IntStream.range(0, values.length)
                .mapToDouble(i -> (values[i] - mean) * (values[i] - mean))
                .average()
                .orElseThrow());
    }

    @Test
    void givesLabelsAsOftenAsTrainingRowsHaveThemAndTheOneThatIsAskedFor() {
        long yes = IntStream.range(0, 2000)
                .mapToObj(seed -> FEATURES.decode(new float[7], Map.of("seed", Integer.toString(seed))))
                .filter(row -> "yes".equals(row.get("good")))
                .count();
        assertThat(yes / 2000.0).isCloseTo(0.75, within(0.03));
        assertThat(FEATURES.decode(new float[7], Map.of("seed", "1", "good", "no")))
                .containsEntry("good", "no");
    }

    @Test
    void saysWhatIsWrongWithASeedOrALabel() {
        assertThatThrownBy(() -> FEATURES.encode(List.of(Map.of("sed", "7"))))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("seed");
        assertThatThrownBy(() -> FEATURES.encode(List.of(Map.of("seed", "7.5"))))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("7.5");
        assertThatThrownBy(() -> FEATURES.encode(List.of(Map.of("seed", "7", "good", "yess"))))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problems().getFirst().remedy()).contains("yes"));
    }

    @Test
    void travelsInThePackage(@TempDir Path folder) {
        FEATURES.write(folder);

        Features read = Features.read(folder);

        assertThat(read).isEqualTo(FEATURES);
    }

    @Test
    void decodesEachColumnByItsBlock() {
        float[] values = {0, 0.1f, 0.2f, 0.7f, 9, 0.9f, 0.1f};

        Map<String, String> row = FEATURES.decode(values, Map.of("seed", "1", "good", "yes"));

        assertThat(row.keySet()).containsExactly("good", "age", "job", "income");
        assertThat(row).containsEntry("age", "38").containsEntry("job", "").containsEntry("income", "20.4");
        values[6] = 1;
        assertThat(FEATURES.decode(values, Map.of("seed", "1"))).containsEntry("income", "");
    }

    @Property(tries = 200)
    void aNumberComesBackFromItsScoreWhereverInItsIntervalItIsTakenToBe(
            @ForAll @IntRange(min = -50, max = 400) int number, @ForAll @DoubleRange(max = 0.99) double chance) {
        double[] quantiles = IntStream.rangeClosed(0, 1000)
                .mapToDouble(i -> -50.5 + i * 0.451)
                .toArray();
        NumberSample column = new NumberSample("x", quantiles, 0, false);

        float score = column.score(number, chance);

        assertThat(Double.parseDouble(column.decode(new float[] {score}, 0))).isCloseTo(number, within(1.0));
    }

    @Property(tries = 200)
    void aDecodedNumberStaysWithinTheTrainingRows(@ForAll @DoubleRange(min = -1e3, max = 1e3) double score) {
        String value = AGE.decode(new float[] {(float) score}, 0);

        assertThat(Integer.parseInt(value)).isBetween(18, 90);
    }

    @Test
    void equalNumbersSpreadOverTheirShareOfTheScores() {
        NumberSample mostlyZero = new NumberSample("gain", new double[] {0, 0, 0, 0, 0.5}, -1, false);

        assertThat(mostlyZero.score(0, 0.1)).isLessThan(mostlyZero.score(0, 0.9));
        assertThat(mostlyZero.decode(new float[] {mostlyZero.score(0, 0.9)}, 0)).isEqualTo("0");
    }

    @Test
    void aPictureComesBackAsAPngThatSaysItWasMade() throws Exception {
        Frame frame = new Frame(3, 2, 3, Interpolation.BILINEAR, ResizeMethod.STRETCH);
        byte[] pixels = new byte[18];
        new java.util.Random(1).nextBytes(pixels);
        float[] values = new float[18];
        PictureSample column = new PictureSample("image", frame);
        column.fill(pixels, values, 0);

        String url = column.decode(values, 0);

        byte[] png = Base64.getDecoder().decode(url.substring(url.indexOf(',') + 1));
        Picture read = PictureReader.read(png);
        assertThat(read.pixels()).containsExactly(pixels);
        assertThat(new String(png, StandardCharsets.ISO_8859_1)).contains("Synthetic\0true");
    }
}
