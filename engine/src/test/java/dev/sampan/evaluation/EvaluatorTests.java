package dev.sampan.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sampan.data.RowReader;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.Progress;
import dev.sampan.spec.EvaluateSpec;
import dev.sampan.spec.EvaluateSpec.Comparison;
import dev.sampan.spec.EvaluateSpec.Gate;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EvaluatorTests {
    private static final EvaluateSpec SPEC = new EvaluateSpec(0.95, List.of());
    private static final List<String> LABELS = List.of("lost card", "refund", "top up");

    @Test
    void survivesTheTripThroughJsonUnchanged() {
        Report report = aReport(400, 0.8);
        String json = Json.write(report);
        assertThat(json).doesNotContain("NaN").doesNotContain("Infinity");
        Report back = Json.read(json, Report.class);
        assertThat(back).usingRecursiveComparison().isEqualTo(report);
        assertThat(Json.write(back)).isEqualTo(json);
    }

    /// The shape in which version 0.1 wrote reports into packages.
    @Test
    void readsAReportOfTheTimeBeforeOtherTasks() {
        Report old = Json.read("""
                {"rows":2,"confidence":0.95,"labels":["a","b"],"metrics":{"accuracy":
                {"value":0.5,"low":0.1,"high":0.9,"n":2}},"baseline":{},"classes":[],
                "confusion":[[1,0],[1,0]],"curves":[],"calibration":[]}""", Report.class);
        assertThat(old.kind()).isEqualTo(Report.Kind.CLASSIFICATION);
        assertThat(old.naive()).isEqualTo(Report.Naive.MAJORITY);
        assertThat(old.metric("accuracy").value()).isEqualTo(0.5);
        assertThat(old.slices()).isEmpty();
        assertThat(old.threshold()).isNull();
    }

    @Test
    void refusesALabelTheModelDoesNotKnowWithItsLineAndTheNearest() {
        assertThatThrownBy(() -> judge(List.of("refund", "refunt")))
                .hasMessageContaining("answers.csv line 3")
                .hasMessageContaining("'refunt'")
                .hasMessageContaining("Did you mean 'refund'?");
        assertThatThrownBy(() -> judge(List.of(" ")))
                .hasMessageContaining("answers.csv line 2")
                .hasMessageContaining("no label");
    }

    @Test
    void refusesAFileWithoutRowsOrWithoutTheColumn() {
        assertThatThrownBy(() -> judge(List.of())).hasMessageContaining("no row");
        RowReader rows = KnownScores.rows(List.of("text", "lable"), List.of());
        assertThatThrownBy(() -> Evaluator.evaluate(model(1), rows, "label", "refund", SPEC, Progress.NONE))
                .hasMessageContaining("no column 'label'")
                .hasMessageContaining("Did you mean 'lable'?");
    }

    @Test
    void aModelWithOneInputAlsoReadsTheColumnNamedText() {
        KnownScores model = new KnownScores(LABELS, List.of("question"), new float[][] {{0, 1, 0}});
        Report report =
                Evaluator.evaluate(model, KnownScores.rows(List.of("refund")), "label", "refund", SPEC, Progress.NONE);
        assertThat(report.metric("accuracy").value()).isEqualTo(1);
    }

    @Test
    void perfectAnswersAreNotCertain() {
        Report report = judge(List.of("refund", "refund", "refund", "refund", "refund"));
        Report.Figure f1 = report.metric("f1_macro");
        assertThat(f1.value()).isEqualTo(1);
        assertThat(f1.low()).isBetween(0.5, 0.6); // Wilson's interval of 5 of 5
        assertThat(report.metrics()).doesNotContainKey("roc_auc_ovr"); // one class only: nothing to rank
        assertThat(report.curves()).isEmpty();
    }

    @Test
    void accuracyHasWilsonsInterval() {
        // R: binom::binom.confint(45, 60, methods = "wilson") -> 0.6277, 0.8422
        Report.Figure figure = new Intervals(0.95).share(0.75, 0.75 * 0.25 / 60, 60);
        assertThat(figure.low()).isCloseTo(0.6277, within(1e-4));
        assertThat(figure.high()).isCloseTo(0.8422, within(1e-4));
    }

    /// The interval's promise: over many test sets of one model it holds the model's true figure as often as it
    /// says.
    @Test
    void intervalsHoldTheTrueFigureAboutAsOftenAsTheySay() {
        double truth = aReport(200_000, 0.7).metric("f1_macro").value();
        double auc = aReport(200_000, 0.7).metric("roc_auc_ovr").value();
        double precision = aReport(200_000, 0.7).metric("average_precision").value();
        double mcc = aReport(200_000, 0.7).metric("mcc").value();
        int f1Held = 0;
        int aucHeld = 0;
        int precisionHeld = 0;
        int mccHeld = 0;
        for (int seed = 0; seed < 400; seed++) {
            Report report = aReport(150, 0.7, seed);
            f1Held += holds(report.metric("f1_macro"), truth);
            aucHeld += holds(report.metric("roc_auc_ovr"), auc);
            precisionHeld += holds(report.metric("average_precision"), precision);
            mccHeld += holds(report.metric("mcc"), mcc);
        }
        assertThat(f1Held / 400.0).isBetween(0.92, 0.98);
        assertThat(aucHeld / 400.0).isBetween(0.92, 0.98);
        // 50 positives a class: average precision of few is biased upwards, so its interval holds a little less
        assertThat(precisionHeld / 400.0).isBetween(0.90, 0.98);
        assertThat(mccHeld / 400.0).isBetween(0.92, 0.98);
    }

    @Test
    void curvesStartAndEndInTheCornersAndStayShort() {
        for (Report.Curve curve : aReport(5_000, 0.8).curves()) {
            double[] x = curve.falsePositiveRate();
            double[] y = curve.truePositiveRate();
            assertThat(x).hasSameSizeAs(y).hasSizeBetween(20, 200).isSorted();
            assertThat(y).isSorted();
            assertThat(x[0] + y[0]).isZero();
            assertThat(x[x.length - 1] + y[y.length - 1]).isEqualTo(2);
        }
    }

    @Test
    void calibrationFindsAModelThatIsTooSureOfItself() {
        float[][] scores = IntStream.range(0, 100)
                .mapToObj(i -> new float[] {0.05f, 0.9f, 0.05f})
                .toArray(float[][]::new);
        List<String> truth = IntStream.range(0, 100)
                .mapToObj(i -> i < 60 ? "refund" : "top up")
                .toList();
        Report report = Evaluator.evaluate(
                KnownScores.of(LABELS, scores), KnownScores.rows(truth), "label", "refund", SPEC, Progress.NONE);
        assertThat(report.calibration()).hasSize(10);
        assertThat(report.calibration().get(9)).satisfies(bin -> {
            assertThat(bin.count()).isEqualTo(100);
            assertThat(bin.accuracy()).isEqualTo(0.6);
        });
        assertThat(report.expectedCalibrationError()).isCloseTo(0.3, within(1e-6));
    }

    @Test
    void gatesSayTheFigureTheyMissed() {
        Report report = aReport(500, 0.7);
        EvaluateSpec gates = new EvaluateSpec(
                0.95,
                List.of(
                        new Gate("accuracy", Comparison.AT_LEAST, 0.5),
                        new Gate("f1_macro", Comparison.AT_LEAST, 0.99),
                        new Gate("log_loss", Comparison.AT_MOST, 0.01),
                        new Gate("roc_auc", Comparison.AT_LEAST, 0.5)));
        List<Problem> failed = Evaluator.failedGates(report, gates);
        assertThat(failed)
                .extracting(Problem::code)
                .containsExactly("evaluate.gate_failed", "evaluate.gate_failed", "evaluate.unknown_metric");
        assertThat(failed.getFirst().sentence()).startsWith("f1_macro is 0.").contains("at least 0.99");
    }

    @Test
    void stopsWhenNobodyWantsItAnyMore() {
        Progress cancelled = new Progress() {
            @Override
            public void at(String step, long done, long total, String note) {}

            @Override
            public boolean cancelled() {
                return true;
            }
        };
        assertThatThrownBy(() -> Evaluator.evaluate(
                        model(1), KnownScores.rows(List.of("refund")), "label", "refund", SPEC, cancelled))
                .isInstanceOf(CancellationException.class);
    }

    private static int holds(Report.Figure figure, double truth) {
        return figure.low() <= truth && truth <= figure.high() ? 1 : 0;
    }

    private static KnownScores model(int rows) {
        float[][] scores = new float[rows][];
        java.util.Arrays.setAll(scores, _ -> new float[] {0, 1, 0});
        return KnownScores.of(LABELS, scores);
    }

    private static Report judge(List<String> truth) {
        return Evaluator.evaluate(model(truth.size()), KnownScores.rows(truth), "label", "refund", SPEC, Progress.NONE);
    }

    private static Report aReport(int rows, double skill) {
        return aReport(rows, skill, 42);
    }

    /// Uneven classes, scores from a random vote of the given skill.
    private static Report aReport(int rows, double skill, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[][] scores = new float[rows][];
        List<String> truth = IntStream.range(0, rows)
                .mapToObj(i -> {
                    double u = random.nextDouble();
                    int label = u < 0.5 ? 0 : u < 0.8 ? 1 : 2;
                    double[] raw = {random.nextDouble(), random.nextDouble(), random.nextDouble()};
                    raw[label] += random.nextDouble() < skill ? 0.6 : 0;
                    double sum = raw[0] + raw[1] + raw[2];
                    scores[i] = new float[] {(float) (raw[0] / sum), (float) (raw[1] / sum), (float) (raw[2] / sum)};
                    return LABELS.get(label);
                })
                .toList();
        return Evaluator.evaluate(
                KnownScores.of(LABELS, scores), KnownScores.rows(truth), "label", "lost card", SPEC, Progress.NONE);
    }
}
