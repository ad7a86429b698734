package dev.sampan.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sampan.evaluation.ForecastScores.Window;
import dev.sampan.evaluation.Report.Figure;
import dev.sampan.evaluation.Report.Threshold;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CostsTests {
    private static final Intervals INTERVALS = new Intervals(0.95);

    @Test
    void theThresholdIsAsCheapAsAnyOther() {
        for (int seed = 0; seed < 50; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int rows = random.nextInt(1, 40);
            double[] scores = new double[rows];
            boolean[] truth = new boolean[rows];
            for (int i = 0; i < rows; i++) {
                scores[i] = random.nextInt(11) / 10.0;
                truth[i] = random.nextDouble() < scores[i];
            }
            Costs costs = new Costs(random.nextInt(5), random.nextInt(5));
            double chosen = cost(costs, costs.threshold(scores, truth), scores, truth);
            for (double other = -0.05; other < 1.2; other += 0.05) {
                assertThat(chosen).isLessThanOrEqualTo(cost(costs, other, scores, truth) + 1e-9);
            }
        }
    }

    @Test
    void aDearMissLowersTheThreshold() {
        double[] scores = {0.1, 0.2, 0.3, 0.4, 0.6, 0.8};
        boolean[] truth = {false, true, false, false, true, true};
        assertThat(new Costs(1, 1).threshold(scores, truth)).isCloseTo(0.5, within(1e-9));
        assertThat(new Costs(1, 10).threshold(scores, truth)).isCloseTo(0.15, within(0.06));
    }

    @Test
    void theCostIsToldBesideAlwaysAndNever() {
        double[] scores = {0.1, 0.6, 0.4, 0.9};
        boolean[] truth = {false, false, true, true};
        Threshold threshold = new Costs(2, 5).judge(0.3, "yes", scores, truth, INTERVALS);
        assertThat(threshold.cost().value()).isEqualTo(0.5);
        assertThat(threshold.costAtHalf().value()).isCloseTo(1.75, within(1e-12));
        assertThat(threshold.costOfNever().value()).isEqualTo(2.5);
        assertThat(threshold.costOfAlways().value()).isEqualTo(1);
        assertThat(threshold.cost().high()).isGreaterThan(0.5);
    }

    /// By hand: errors 1, 2 and 3 of a series whose last year moved 2 a step.
    @Test
    void forecastsAreScaledByTheirHistory() {
        ForecastScores scores = new ForecastScores(1);
        double[] none = {};
        scores.add(new Window(
                new double[] {2, 4, 2, 4},
                new double[] {5, 5, 5},
                new double[] {4, 3, 2},
                new double[] {4, 4, 0},
                new double[] {6, 4, 9}));
        Map<String, Figure> metrics = scores.metrics(INTERVALS);
        assertThat(value(metrics, "mae")).isEqualTo(2);
        assertThat(value(metrics, "rmse")).isCloseTo(Math.sqrt(14.0 / 3), within(1e-12));
        assertThat(value(metrics, "mase")).isEqualTo(1);
        assertThat(value(metrics, "smape")).isCloseTo((2.0 / 9 + 4.0 / 8 + 6.0 / 7) / 3, within(1e-12));
        assertThat(value(metrics, "interval_coverage")).isCloseTo(2.0 / 3, within(1e-12));
        ForecastScores flat = new ForecastScores(1);
        flat.add(new Window(new double[] {3, 3}, new double[] {3}, new double[] {4}, none, none));
        assertThat(flat.metrics(INTERVALS)).doesNotContainKeys("mase", "interval_coverage");
    }

    @Test
    void theSameRowsDrawnTwiceGiveTheSameInterval() {
        SplittableRandom random = new SplittableRandom(3);
        double[] better = random.doubles(300).map(u -> u - 0.35).toArray();
        Significance.Paired once = paired(better, 7);
        assertThat(once).isEqualTo(paired(better, 7)).isNotEqualTo(paired(better, 8));
        assertThat(once.low()).isPositive();
        assertThat(once.p()).isLessThan(0.01);
        assertThat(paired(random.doubles(300).map(u -> u - 0.5).toArray(), 7).p())
                .isGreaterThan(0.05);
    }

    private static Significance.Paired paired(double[] differences, long seed) {
        return Significance.bootstrap(differences.length, 0.95, seed, times -> {
            double sum = 0;
            for (int i = 0; i < times.length; i++) {
                sum += times[i] * differences[i];
            }
            return sum / times.length;
        });
    }

    private static double cost(Costs costs, double threshold, double[] scores, boolean[] truth) {
        return costs.judge(threshold, "yes", scores, truth, INTERVALS).cost().value();
    }

    private static double value(Map<String, Figure> metrics, String name) {
        return Objects.requireNonNull(metrics.get(name), name).value();
    }
}
