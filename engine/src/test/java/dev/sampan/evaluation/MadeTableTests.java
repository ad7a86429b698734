package dev.sampan.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sampan.data.NumberSample;
import dev.sampan.data.SampleColumn;
import dev.sampan.data.WordSample;
import dev.sampan.data.image.Picture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MadeTableTests {
    private static final WordSample GOOD = new WordSample("good", List.of("yes", "no"));
    private static final List<SampleColumn> COLUMNS = List.of(
            new NumberSample("age", new double[] {0, 1}, 2, false),
            new WordSample("job", List.of("nurse", "baker")),
            GOOD);

    /// Good are old bakers; a few ages are missing.
    private static MadeTable table(int rows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Map<String, String>> made = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            double age = random.nextDouble();
            boolean baker = random.nextDouble() < 0.3;
            String written = random.nextInt(50) == 0 ? "" : String.format(java.util.Locale.ROOT, "%.2f", age);
            made.add(Map.of(
                    "age",
                    written,
                    "job",
                    baker ? "baker" : "nurse",
                    "good",
                    age + (baker ? 0.5 : 0) > 0.7 ? "yes" : "no"));
        }
        return new MadeTable(COLUMNS, made);
    }

    @Test
    void rowsAreNoDistanceFromThemselvesAndLittleFromOthersOfTheirKind() {
        MadeTable real = table(1000, 1);

        assertThat(real.marginals(real, -1)).isCloseTo(0, within(1e-12));
        assertThat(real.correlations(real, -1)).isCloseTo(0, within(1e-12));
        assertThat(real.marginals(table(1000, 2), -1)).isLessThan(0.05);
        assertThat(real.correlations(table(1000, 2), -1)).isLessThan(0.03);
    }

    @Test
    void dealtColumnsKeepTheirDistributionsAndLoseWhatTheyHaveToDoWithEachOther() {
        MadeTable real = table(1000, 1);
        MadeTable dealt = real.dealt(3);

        assertThat(real.marginals(dealt, -1)).isCloseTo(0, within(1e-12));
        assertThat(real.correlations(dealt, -1)).isGreaterThan(0.1);
        assertThat(table(500, 2).answered(dealt, GOOD, -1)).isLessThan(0.7);
        assertThat(table(500, 2).answered(real, GOOD, -1)).isGreaterThan(0.9);
    }

    @Test
    void anEvenPictureHasNoSlopesAndItsShadeAsMean() {
        byte[] pixels = new byte[8 * 8];
        Arrays.fill(pixels, (byte) 51);

        double[] features = GradientHistograms.of(new Picture(8, 8, 1, pixels));

        assertThat(features).hasSize(80);
        for (int cell = 0; cell < 16; cell++) {
            assertThat(Arrays.copyOfRange(features, cell * 5, cell * 5 + 4)).containsOnly(0);
            assertThat(features[cell * 5 + 4]).isCloseTo(0.2, within(1e-12));
        }
    }

    @Test
    void anUprightEdgeLiesInTheDirectionAcross() {
        byte[] pixels = new byte[8 * 8];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i % 8 < 4 ? 0 : 255);
        }

        double[] features = GradientHistograms.of(new Picture(8, 8, 1, pixels));

        for (int cell = 0; cell < 16; cell++) {
            boolean atTheEdge = cell % 4 == 1 || cell % 4 == 2;
            assertThat(features[cell * 5]).isCloseTo(atTheEdge ? 0.25 : 0, within(1e-12));
            assertThat(features[cell * 5 + 2]).isZero();
        }
    }
}
