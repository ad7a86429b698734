package dev.sampan.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sampan.kernel.Json;
import dev.sampan.kernel.Progress;
import dev.sampan.spec.EvaluateSpec;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every figure against scikit-learn's, with scores full of ties and a class without rows.
class MetricsGoldenTests {
    private static final Golden GOLDEN = golden();

    record Golden(String source, Map<String, Double> quantiles, List<Case> cases) {}

    record Case(
            String name,
            int classes,
            int parts,
            int[] truth,
            int[][] scores,
            int majority,
            Map<String, Double> metrics,
            Map<String, Double> baseline,
            double[] precision,
            double[] recall,
            double[] f1,
            long[] support,
            Double[] auc,
            long[][] confusion,
            Double delong,
            Map<Integer, Double> topK) {
        List<String> labels() {
            return IntStream.range(0, classes).mapToObj(c -> "class " + c).toList();
        }

        Report report() {
            return report(5);
        }

        Report report(int k) {
            float[][] all = Arrays.stream(scores)
                    .map(row -> {
                        float[] floats = new float[row.length];
                        for (int c = 0; c < row.length; c++) {
                            floats[c] = (float) row[c] / parts;
                        }
                        return floats;
                    })
                    .toArray(float[][]::new);
            return Evaluator.evaluate(
                    KnownScores.of(labels(), all),
                    KnownScores.rows(
                            Arrays.stream(truth).mapToObj(t -> "class " + t).toList()),
                    "label",
                    "class " + majority,
                    new EvaluateSpec(0.95, List.of(), List.of(), null, k, 10),
                    Progress.NONE);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        return GOLDEN.cases.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyMetricEqualsScikitLearns(Case golden) {
        Report report = golden.report();
        assertThat(report.metrics().keySet()).isEqualTo(golden.metrics.keySet());
        golden.metrics.forEach((name, value) ->
                assertThat(report.metric(name).value()).as(name).isCloseTo(value, within(1e-9)));
        assertThat(report.baseline().keySet()).isEqualTo(golden.baseline.keySet());
        golden.baseline.forEach((name, value) -> assertThat(report.baseline())
                .hasEntrySatisfying(name, figure -> assertThat(figure.value()).isCloseTo(value, within(1e-9))));
        assertThat(report.confusion()).isDeepEqualTo(golden.confusion);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theTruthAmongTheHighestScoresCountsAsScikitLearnsDoes(Case golden) {
        golden.topK.forEach((k, value) ->
                assertThat(golden.report(k).metric("top_k_accuracy").value()).isCloseTo(value, within(1e-9)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyClassEqualsScikitLearns(Case golden) {
        Report report = golden.report();
        for (int c = 0; c < golden.classes; c++) {
            Report.ClassFigures figures = report.classes().get(c);
            assertThat(figures.support()).isEqualTo(golden.support[c]);
            assertThat(figures.precision().value()).isCloseTo(golden.precision[c], within(1e-9));
            assertThat(figures.recall().value()).isCloseTo(golden.recall[c], within(1e-9));
            assertThat(figures.f1().value()).isCloseTo(golden.f1[c], within(1e-9));
            if (golden.auc[c] == null) {
                assertThat(figures.rocAuc()).isNull();
            } else {
                assertThat(figures.rocAuc()).isCloseTo(golden.auc[c], within(1e-9));
            }
        }
    }

    @Test
    void theVarianceOfTheAucIsDeLongs() {
        Case golden = GOLDEN.cases.getLast();
        Report.Figure auc = golden.report().metric("roc_auc");
        Report.Figure expected = new Intervals(0.95).share(auc.value(), golden.delong, auc.n());
        assertThat(auc.low()).isCloseTo(expected.low(), within(1e-9));
        assertThat(auc.high()).isCloseTo(expected.high(), within(1e-9));
    }

    @Test
    void quantilesAreTheNormalDistributions() {
        GOLDEN.quantiles.forEach((p, x) ->
                assertThat(Intervals.normalQuantile(Double.parseDouble(p))).isCloseTo(x, within(1e-10)));
    }

    private static Golden golden() {
        try (InputStream in = MetricsGoldenTests.class.getResourceAsStream("/golden/classification-metrics.json")) {
            return Json.MAPPER.readValue(in, Golden.class);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
