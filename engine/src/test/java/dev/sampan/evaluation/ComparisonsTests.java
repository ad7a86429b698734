package dev.sampan.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sampan.data.Row;
import dev.sampan.data.RowReader;
import dev.sampan.evaluation.Comparison.Difference;
import dev.sampan.evaluation.Report.Slice;
import dev.sampan.evaluation.Report.Threshold;
import dev.sampan.kernel.Progress;
import dev.sampan.spec.EvaluateSpec;
import dev.sampan.spec.EvaluateSpec.Costs;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ComparisonsTests {
    private static final List<String> LABELS = List.of("no", "yes");
    private static final Comparisons.Settings SETTINGS = new Comparisons.Settings(0.95, 42, Progress.NONE);

    /// Two classes in turn; the right one gets a high score in the share of rows asked for.
    private static float[][] scores(int rows, double right, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return IntStream.range(0, rows)
                .mapToObj(i -> {
                    float high = 0.6f + random.nextInt(35) / 100f;
                    boolean yes = i % 2 == 1 == (random.nextDouble() < right);
                    return yes ? new float[] {1 - high, high} : new float[] {high, 1 - high};
                })
                .toArray(float[][]::new);
    }

    private static RowReader rows(int rows) {
        return KnownScores.rows(
                IntStream.range(0, rows).mapToObj(i -> LABELS.get(i % 2)).toList());
    }

    private static Comparison compare(KnownScores one, KnownScores other, int rows) {
        return Comparisons.compare(one, rows(rows), other, rows(rows), "label", SETTINGS);
    }

    private static Difference of(Comparison comparison, String metric) {
        return Objects.requireNonNull(comparison.differences().get(metric), metric);
    }

    @Test
    void aClearlyBetterModelIsSignificantlyBetter() {
        Comparison comparison =
                compare(KnownScores.of(LABELS, scores(400, 0.9, 1)), KnownScores.of(LABELS, scores(400, 0.7, 2)), 400);
        for (String metric : List.of("accuracy", "f1_macro", "roc_auc")) {
            Difference difference = of(comparison, metric);
            assertThat(difference.value()).as(metric).isBetween(0.1, 0.4);
            assertThat(difference.low()).as(metric).isPositive();
            assertThat(difference.significant(0.95)).as(metric).isTrue();
        }
        assertThat(of(comparison, "log_loss").value()).isNegative();
        assertThat(of(comparison, "accuracy").test()).isEqualTo(Comparison.Test.MCNEMAR_MID_P);
    }

    @Test
    void oneModelBesideItselfDiffersInNothing() {
        KnownScores model = KnownScores.of(LABELS, scores(60, 0.8, 3));
        Comparison comparison = compare(model, model, 60);
        assertThat(comparison.differences().values()).allSatisfy(difference -> {
            assertThat(difference.value()).isZero();
            assertThat(difference.p()).isEqualTo(1);
        });
    }

    /// Under no difference a test at 5 % cries wolf about once in twenty.
    @Test
    void equalModelsAreSeldomCalledDifferent() {
        int cried = 0;
        for (int seed = 0; seed < 100; seed++) {
            Comparison comparison = compare(
                    KnownScores.of(LABELS, scores(80, 0.8, seed)),
                    KnownScores.of(LABELS, scores(80, 0.8, seed + 1000)),
                    80);
            cried += of(comparison, "accuracy").significant(0.95) ? 1 : 0;
        }
        assertThat(cried).isBetween(0, 11);
    }

    @Test
    void theMetricsAreTheReportsAndTheOrderOfLabelsDoesNotMatter() {
        float[][] scores = scores(90, 0.7, 5);
        float[][] swapped = IntStream.range(0, 90)
                .mapToObj(i -> new float[] {scores[i][1], scores[i][0]})
                .toArray(float[][]::new);
        Comparison comparison =
                compare(KnownScores.of(LABELS, scores), KnownScores.of(List.of("yes", "no"), swapped), 90);
        Report report = Evaluator.evaluate(
                KnownScores.of(LABELS, scores),
                rows(90),
                "label",
                "no",
                new EvaluateSpec(0.95, List.of()),
                Progress.NONE);
        comparison.differences().forEach((metric, difference) -> {
            assertThat(difference.first())
                    .as(metric)
                    .isCloseTo(report.metric(metric).value(), within(1e-9));
            assertThat(difference.second()).as(metric).isCloseTo(difference.first(), within(1e-9));
        });
    }

    @Test
    void modelsOfOtherCategoriesAreNotCompared() {
        KnownScores one = KnownScores.of(LABELS, scores(4, 1, 1));
        KnownScores other = KnownScores.of(List.of("a", "b"), scores(4, 1, 1));
        assertThatThrownBy(() -> compare(one, other, 4))
                .hasMessageContaining("[no, yes]")
                .hasMessageContaining("[a, b]");
    }

    @Test
    void numbersAndSpansAreComparedRowByRow() {
        double[] near = {0.1, -0.2, 0.1, 0.2, -0.1, 0.1, -0.1, 0.2};
        double[] far = {1, -1, 2, 1, -2, 1, -1, 2};
        Comparison numbers =
                new PairedOthers(near, new SpanScores()).compare(new PairedOthers(far, new SpanScores()), SETTINGS);
        assertThat(of(numbers, "mae").value()).isCloseTo(1.1 / 8 - 11.0 / 8, within(1e-9));
        assertThat(of(numbers, "rmse").significant(0.95)).isTrue();
        SpanScores found = new SpanScores();
        SpanScores missed = new SpanScores();
        for (int i = 0; i < 30; i++) {
            List<SpanScores.Span> truth = List.of(new SpanScores.Span(0, 2, "PER"));
            found.add(truth, i % 5 == 0 ? List.of() : truth);
            missed.add(truth, i % 2 == 0 ? List.of() : truth);
        }
        Comparison spans =
                new PairedOthers(new double[0], found).compare(new PairedOthers(new double[0], missed), SETTINGS);
        assertThat(of(spans, "entity_f1").first()).isCloseTo(2.0 * 24 / (24 + 30), within(1e-9));
        assertThat(of(spans, "entity_f1").low()).isPositive();
    }

    @Test
    void theThresholdIsChosenOnOtherRowsThanItIsJudgedBy() {
        KnownScores model = KnownScores.of(LABELS, scores(200, 0.75, 9));
        EvaluateSpec spec = new EvaluateSpec(0.95, List.of(), List.of(), new Costs("yes", 1, 10), 5, 10);
        Threshold threshold = Comparisons.threshold(model, rows(100), rows(200), "label", spec, Progress.NONE);
        assertThat(threshold.positive()).isEqualTo("yes");
        assertThat(threshold.cost().n()).isEqualTo(200);
        assertThat(threshold.cost().value())
                .isLessThan(threshold.costAtHalf().value())
                .isLessThan(threshold.costOfNever().value());
        EvaluateSpec wrong = new EvaluateSpec(0.95, List.of(), List.of(), new Costs("yess", 1, 10), 5, 10);
        assertThatThrownBy(() -> Comparisons.threshold(model, rows(4), rows(4), "label", wrong, Progress.NONE))
                .hasMessageContaining("Did you mean 'yes'?");
    }

    @Test
    void slicesTellWhereTheModelIsWorseAndNumbersAreCutAtQuartiles() {
        List<Row> rows = new ArrayList<>();
        float[][] scores = new float[200][];
        for (int i = 0; i < 200; i++) {
            String channel = i % 4 == 0 ? "phone" : "web";
            boolean right = channel.equals("web") || i % 8 == 0;
            scores[i] = (i % 2 == 1) == right ? new float[] {0.2f, 0.8f} : new float[] {0.8f, 0.2f};
            rows.add(new Row("line " + i, List.of("" + i, LABELS.get(i % 2), channel, "" + i)));
        }
        EvaluateSpec spec = new EvaluateSpec(0.95, List.of(), List.of("channel", "age"), null, 5, 10);
        Report report = Evaluator.evaluate(
                KnownScores.of(LABELS, scores),
                KnownScores.rows(List.of("text", "label", "channel", "age"), rows),
                "label",
                "no",
                spec,
                Progress.NONE);
        Slice worst = report.slices().getFirst();
        assertThat(worst.column()).isEqualTo("channel");
        assertThat(worst.value()).isEqualTo("phone");
        assertThat(worst.rows()).isEqualTo(50);
        assertThat(Objects.requireNonNull(worst.metrics().get("accuracy")).value())
                .isEqualTo(0.5);
        assertThat(report.slices().stream().filter(slice -> slice.column().equals("age")))
                .hasSize(4)
                .extracting(Slice::value)
                .contains("0 – 49", "149 – 199");
        EvaluateSpec missing = new EvaluateSpec(0.95, List.of(), List.of("chanel"), null, 5, 10);
        assertThatThrownBy(() -> Evaluator.evaluate(
                        KnownScores.of(LABELS, scores),
                        KnownScores.rows(List.of("text", "label", "channel", "age"), rows),
                        "label",
                        "no",
                        missing,
                        Progress.NONE))
                .hasMessageContaining("Did you mean 'channel'?");
    }
}
