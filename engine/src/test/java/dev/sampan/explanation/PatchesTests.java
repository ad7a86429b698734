package dev.sampan.explanation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sampan.data.ColumnFeatures;
import dev.sampan.data.ImageColumn;
import dev.sampan.data.Target;
import dev.sampan.data.image.Frame;
import dev.sampan.data.image.Picture;
import dev.sampan.data.image.PlainPng;
import dev.sampan.kernel.Progress;
import dev.sampan.runtime.Prediction;
import dev.sampan.runtime.Runtime;
import dev.sampan.spec.ExplainSpec;
import dev.sampan.spec.ExplainSpec.Method;
import dev.sampan.spec.ImageSpec.Interpolation;
import dev.sampan.spec.ImageSpec.ResizeMethod;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PatchesTests {
    private static final ImageColumn COLUMN = new ImageColumn(
            "scan",
            ImageColumn.PIXEL_VALUES,
            new Frame(24, 24, 1, Interpolation.BILINEAR, ResizeMethod.STRETCH),
            List.of(0.0),
            List.of(1.0));
    private static final Target TARGET = new Target.Categories(List.of("no", "yes"));
    private static final ColumnFeatures FEATURES = new ColumnFeatures(List.of(COLUMN), TARGET);

    /// Says yes as far as the pixel in row 4, column 10 is bright.
    private static final class Spot implements Runtime {
        @Override
        public Target target() {
            return TARGET;
        }

        @Override
        public List<String> inputs() {
            return List.of("scan");
        }

        @Override
        public Map<String, String> example() {
            return Map.of("scan", "");
        }

        @Override
        public List<Prediction> predict(List<Map<String, String>> inputs) {
            return inputs.stream().map(Spot::answer).toList();
        }

        private static Prediction answer(Map<String, String> input) {
            float yes = COLUMN.framed(input.getOrDefault("scan", "")).at(10, 4, 0) / 255f;
            return new Prediction.Category(
                    yes >= 0.5 ? "yes" : "no", Math.max(yes, 1 - yes), new float[] {1 - yes, yes});
        }

        @Override
        public void close() {}
    }

    private static Explanation explain(Method method) {
        byte[] pixels = new byte[24 * 24];
        Arrays.fill(pixels, (byte) 100);
        pixels[4 * 24 + 10] = (byte) 230;
        String url = "data:image/png;base64,"
                + Base64.getEncoder().encodeToString(PlainPng.of(new Picture(24, 24, 1, pixels)));
        return Explainer.explain(
                new Spot(), FEATURES, Map.of("scan", url), new ExplainSpec(method, 1, 1), Progress.NONE);
    }

    @Test
    void pointsAtThePatchThatTheAnswerHangsOn() {
        Explanation why = explain(Method.AUTO);

        assertThat(why.method()).isEqualTo("occlusion");
        assertThat(why.label()).isEqualTo("yes");
        assertThat(why.grid()).isEqualTo(new Explanation.Grid(8, 8));
        assertThat(why.heaviest(1).getFirst().text()).isEqualTo("2,4");
        assertThat(why.heaviest(1).getFirst().weight()).isCloseTo(230 / 255.0, within(1e-6));
        assertThat(why.tokens().stream().filter(token -> token.weight() != 0)).hasSize(1);
        assertThat(why.quality().deletionDrop()).isPositive();
    }

    @Test
    void limePointsThereToo() {
        assertThat(explain(Method.LIME).heaviest(1).getFirst().text()).isEqualTo("2,4");
    }

    @Test
    void onlyOnePictureOfARowIsExplained() {
        assertThat(Explainer.explains(FEATURES)).isTrue();
        assertThat(Explainer.explains(new ColumnFeatures(List.of(COLUMN), new Target.Quantity())))
                .isFalse();
    }
}
