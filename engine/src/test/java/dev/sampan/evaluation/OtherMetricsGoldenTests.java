package dev.sampan.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sampan.evaluation.Report.ClassFigures;
import dev.sampan.evaluation.Report.Figure;
import dev.sampan.evaluation.SpanScores.Span;
import dev.sampan.kernel.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Figures of numbers, entities, lists and clouds against scikit-learn, seqeval, scipy and statsmodels.
class OtherMetricsGoldenTests {
    private static final Golden GOLDEN = golden();
    private static final Intervals INTERVALS = new Intervals(0.95);
    private static final double Z = 1.959963984540054;

    record Golden(Regression regression, Clouds frechet, List<Pairs> mcnemar, Entities entities, List<User> ranking) {}

    record Regression(
            double[] truth,
            double[] answer,
            double mae,
            double rmse,
            double mape,
            double r2,
            double pinball,
            double pinball90,
            Map<String, Double> se) {}

    record Clouds(double[][] real, double[][] made, double distance, double ks, double correlations) {}

    record Pairs(long b, long c, double p) {}

    record Entities(
            List<List<String>> truth,
            List<List<String>> answer,
            double precision,
            double recall,
            double f1,
            double macro,
            Map<String, Type> types) {}

    record Type(double f1, double precision, double recall, long support) {}

    record User(List<String> list, Set<String> taken, double ndcg5, double ap) {}

    @Test
    void numbersAreJudgedAsByScikitLearn() {
        Regression golden = GOLDEN.regression;
        Errors errors = new Errors(golden.truth, golden.answer);
        Map<String, Figure> metrics = errors.metrics(INTERVALS);
        assertThat(value(metrics, "mae")).isCloseTo(golden.mae, within(1e-9));
        assertThat(value(metrics, "rmse")).isCloseTo(golden.rmse, within(1e-9));
        assertThat(value(metrics, "mape")).isCloseTo(golden.mape, within(1e-9));
        assertThat(value(metrics, "r2")).isCloseTo(golden.r2, within(1e-9));
        assertThat(value(metrics, "pinball")).isCloseTo(golden.pinball, within(1e-9));
        assertThat(errors.pinball(0.9, INTERVALS).value()).isCloseTo(golden.pinball90, within(1e-9));
    }

    /// The delta method's standard error beside the one of 4,000 bootstrap samples in numpy.
    @Test
    void intervalsOfNumbersAreAsWideAsTheBootstraps() {
        Map<String, Figure> metrics = new Errors(GOLDEN.regression.truth, GOLDEN.regression.answer).metrics(INTERVALS);
        GOLDEN.regression.se.forEach((name, error) -> {
            Figure figure = Objects.requireNonNull(metrics.get(name), name);
            assertThat((figure.high() - figure.value()) / Z).as(name).isCloseTo(error, within(0.12 * error));
        });
    }

    @Test
    void percentagesOfNothingAreNoFigure() {
        Map<String, Figure> metrics = new Errors(new double[] {0, 1, 2}, new double[] {0, 1, 1}).metrics(INTERVALS);
        assertThat(metrics).doesNotContainKey("mape").containsKey("r2");
        assertThat(new Errors(new double[] {3, 3}, new double[] {1, 2}).metrics(INTERVALS))
                .doesNotContainKey("r2");
    }

    @Test
    void cloudsAreAsFarApartAsInScipy() {
        Clouds golden = GOLDEN.frechet;
        Figure distance = Frechet.distance(golden.real, golden.made, INTERVALS);
        assertThat(distance.value()).isCloseTo(golden.distance, within(1e-8 * golden.distance));
        assertThat(distance.low()).isBetween(0.0, distance.value());
        assertThat(distance.high()).isGreaterThan(distance.value());
        assertThat(Frechet.distance(golden.real, golden.real, INTERVALS).value())
                .isCloseTo(0, within(1e-9));
        assertThat(TableDistances.numbers(column(golden.real), column(golden.made)))
                .isCloseTo(golden.ks, within(1e-12));
        assertThat(TableDistances.correlations(golden.real, golden.made)).isCloseTo(golden.correlations, within(1e-9));
        assertThat(TableDistances.categories(List.of("a", "a", "b", "c"), List.of("a", "b", "b", "b")))
                .isCloseTo(0.5, within(1e-12));
    }

    @Test
    void mcNemarsTestIsStatsmodelsWithTheMidPCorrection() {
        for (Pairs pairs : GOLDEN.mcnemar) {
            assertThat(Significance.mcNemarMidP(pairs.b, pairs.c)).isCloseTo(pairs.p, within(1e-9));
        }
        assertThat(Significance.mcNemarMidP(0, 0)).isEqualTo(1);
    }

    @Test
    void entitiesCountAsInSeqevalsStrictMode() {
        Entities golden = GOLDEN.entities;
        SpanScores scores = new SpanScores();
        for (int i = 0; i < golden.truth.size(); i++) {
            scores.add(spans(golden.truth.get(i)), spans(golden.answer.get(i)));
        }
        Map<String, Figure> metrics = scores.metrics(INTERVALS);
        assertThat(value(metrics, "entity_precision")).isCloseTo(golden.precision, within(1e-9));
        assertThat(value(metrics, "entity_recall")).isCloseTo(golden.recall, within(1e-9));
        assertThat(value(metrics, "entity_f1")).isCloseTo(golden.f1, within(1e-9));
        assertThat(value(metrics, "entity_f1_macro")).isCloseTo(golden.macro, within(1e-9));
        for (ClassFigures type : scores.types(INTERVALS)) {
            Type of = Objects.requireNonNull(golden.types.get(type.label()));
            assertThat(type.f1().value()).isCloseTo(of.f1, within(1e-9));
            assertThat(type.precision().value()).isCloseTo(of.precision, within(1e-9));
            assertThat(type.recall().value()).isCloseTo(of.recall, within(1e-9));
            assertThat(type.support()).isEqualTo(of.support);
        }
        assertThat(Objects.requireNonNull(metrics.get("entity_f1")).low())
                .isLessThan(golden.f1)
                .isGreaterThan(golden.f1 - 0.25);
    }

    @Test
    void listsAreJudgedAsByScikitLearn() {
        for (User user : GOLDEN.ranking) {
            ListScores five = new ListScores(5);
            five.add(user.list, user.taken);
            assertThat(value(five.metrics(20, INTERVALS), "ndcg")).isCloseTo(user.ndcg5, within(1e-9));
            ListScores all = new ListScores(20);
            all.add(user.list, user.taken);
            Map<String, Figure> metrics = all.metrics(20, INTERVALS);
            assertThat(value(metrics, "map")).isCloseTo(user.ap, within(1e-9));
            assertThat(value(metrics, "recall")).isEqualTo(1);
            assertThat(value(metrics, "coverage")).isEqualTo(1);
        }
    }

    @Test
    void usersWhoTookNothingAreNotJudged() {
        ListScores scores = new ListScores(2);
        scores.add(List.of("a", "b"), Set.of());
        scores.add(List.of("a", "b"), Set.of("b"));
        assertThat(scores.users()).isEqualTo(1);
        assertThat(value(scores.metrics(4, INTERVALS), "mrr")).isEqualTo(0.5);
        assertThat(value(scores.metrics(4, INTERVALS), "coverage")).isEqualTo(0.5);
        assertThat(value(scores.metrics(4, INTERVALS), "hit_rate")).isEqualTo(1);
    }

    private static double[] column(double[][] rows) {
        return Arrays.stream(rows).mapToDouble(row -> row[0]).toArray();
    }

    private static List<Span> spans(List<String> tags) {
        List<Span> spans = new ArrayList<>();
        for (int i = 0; i < tags.size(); i++) {
            if (tags.get(i).startsWith("B-")) {
                int end = i + 1;
                while (end < tags.size() && tags.get(end).startsWith("I-")) {
                    end++;
                }
                spans.add(new Span(i, end, tags.get(i).substring(2)));
            }
        }
        return spans;
    }

    private static Golden golden() {
        try (InputStream in = OtherMetricsGoldenTests.class.getResourceAsStream("/golden/other-metrics.json")) {
            return Json.MAPPER.readValue(in, Golden.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double value(Map<String, Figure> metrics, String name) {
        return Objects.requireNonNull(metrics.get(name), name).value();
    }
}
