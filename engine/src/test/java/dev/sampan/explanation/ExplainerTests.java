package dev.sampan.explanation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sampan.explanation.Explanation.TokenWeight;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.Progress;
import dev.sampan.runtime.Runtime;
import dev.sampan.spec.ExplainSpec;
import dev.sampan.spec.ExplainSpec.Method;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExplainerTests {
    private static final ExplainSpec LIME = new ExplainSpec(Method.AUTO, 1, 42);
    private static final ExplainSpec OCCLUSION = new ExplainSpec(Method.OCCLUSION, 1, 42);

    @Test
    void limeFindsTheWeightsOfALinearModel() {
        Map<String, Double> votes = votes(20, 0.02);
        Explanation found = explain(WordVotes.linear(votes), words(20), LIME);
        assertThat(found.quality().fidelity()).isGreaterThan(0.999);
        assertThat(found.quality().stability()).isGreaterThan(0.95);
        words(found)
                .forEach(word ->
                        assertThat(word.weight()).isCloseTo(votes.getOrDefault(word.text(), 9.0), within(2e-4)));
    }

    @Test
    void limeRanksTheWordsOfALogisticModelAsItsCoefficientsDo() {
        Map<String, Double> votes = votes(30, 0.1);
        Explanation found = explain(WordVotes.logistic(votes), words(30), LIME);
        double[] weights =
                words(found).stream().mapToDouble(TokenWeight::weight).toArray();
        double[] truth = words(found).stream()
                .mapToDouble(word -> votes.getOrDefault(word.text(), 0.0))
                .toArray();
        assertThat(Spearman.correlation(weights, truth)).isGreaterThan(0.95);
        assertThat(found.quality().fidelity()).isBetween(0.4, 0.8); // the answer is near 1, where no plane fits well
        assertThat(found.quality().stability()).isGreaterThan(0.8);
        assertThat(found.quality().deletionDrop()).isPositive();
    }

    @Test
    void limeIsAsGoodAsThePlaneWhereALogisticModelIsNearlyOne() {
        Explanation found = explain(WordVotes.logistic(votes(12, 0.05)), words(12), LIME);
        assertThat(found.quality().fidelity()).isGreaterThan(0.99);
    }

    /// Two words that only count together: no plane says that, and the quality figure must.
    @Test
    void limeAdmitsThatAPlaneDoesNotFit() {
        WordVotes both = new WordVotes(words -> words.contains("w0") == words.contains("w1") ? 0.9 : 0.1);
        assertThat(explain(both, words(12), LIME).quality().fidelity()).isLessThan(0.5);
    }

    @Test
    void occlusionOfALinearModelAddsUp() {
        WordVotes model = WordVotes.linear(votes(15, 0.02));
        Explanation found = explain(model, words(15), OCCLUSION);
        double blank = model.predict(List.of(Map.of("question", "")))
                .getFirst()
                .category()
                .scores()[1];
        double sum = found.tokens().stream().mapToDouble(TokenWeight::weight).sum();
        assertThat(sum).isCloseTo(found.score() - blank, within(1e-6));
    }

    @Test
    void theSameQuestionGetsTheSameExplanationAndAnotherSeedAnother() {
        Map<String, Double> votes = votes(25, 0.3);
        String first = Json.write(explain(WordVotes.logistic(votes), words(25), LIME));
        assertThat(Json.write(explain(WordVotes.logistic(votes), words(25), LIME)))
                .isEqualTo(first);
        assertThat(Json.write(explain(WordVotes.logistic(votes), words(25), new ExplainSpec(Method.LIME, 1, 43))))
                .isNotEqualTo(first);
        assertThat(Json.read(first, Explanation.class)).isEqualTo(explain(WordVotes.logistic(votes), words(25), LIME));
    }

    @Test
    void explainsTheAnswerGivenAlsoWhenItIsTheFirstLabel() {
        Explanation found = explain(WordVotes.linear(Map.of("w0", -0.3, "w1", 0.1)), words(2), LIME);
        assertThat(found.label()).isEqualTo("no");
        assertThat(found.tokens().getFirst().weight()).isCloseTo(0.3, within(1e-3));
        assertThat(found.tokens().getLast().weight()).isCloseTo(-0.1, within(1e-3));
    }

    @Test
    void shortTextsAreAskedWholeAndLeaveNothingToChance() {
        WordVotes model = WordVotes.logistic(votes(6, 1));
        Explanation found = explain(model, words(6), LIME);
        assertThat(model.asked).hasSize(64);
        assertThat(found.quality().stability()).isEqualTo(1);
    }

    @Test
    void tokensJoinedAreTheTextAndWhiteSpaceWeighsNothing() {
        List<String> pieces = List.of("  ", "我", "的", " ", "card", ",", "card", "\n", "丢", "了", " ");
        Explanation found = explain(WordVotes.linear(Map.of()), pieces, LIME);
        assertThat(joined(found)).isEqualTo(String.join("", pieces));
        assertThat(found.tokens()).hasSameSizeAs(pieces);
        assertThat(found.tokens())
                .allSatisfy(token -> assertThat(token.weight()).isZero());
        assertThat(found.quality().fidelity()).isEqualTo(1); // a constant is a plane
    }

    @Test
    void oneWordAndNoWordAreExplainedToo() {
        assertThat(explain(WordVotes.linear(Map.of("w0", 0.2)), words(1), LIME).tokens())
                .singleElement()
                .satisfies(token -> assertThat(token.weight()).isCloseTo(0.2, within(1e-3)));
        for (ExplainSpec spec : List.of(LIME, OCCLUSION)) {
            assertThat(explain(WordVotes.linear(Map.of()), List.of(), spec).tokens())
                    .isEmpty();
            assertThat(explain(WordVotes.linear(Map.of()), List.of(" "), spec).quality())
                    .isEqualTo(new Explanation.Quality(1, 1, 0));
        }
    }

    @Test
    void longTextsAreGroupedSoThatTheCostHasABound() {
        WordVotes model = WordVotes.linear(Map.of("w500", 0.3));
        Text text = Text.of(words(2_000), 1_000, Explainer.UNITS_MAX);
        Explanation found = Explainer.explain(model, text, LIME, Progress.NONE);
        assertThat(joined(found)).isEqualTo(String.join("", words(2_000)));
        assertThat(model.calls).isLessThan(1_100);
        assertThat(words(found).stream()
                        .max((a, b) -> Double.compare(a.weight(), b.weight()))
                        .orElseThrow()
                        .text())
                .contains("w500 ");
        assertThat(found.tokens().getLast().text()).startsWith("w1000").endsWith("w1999"); // beyond the reach
        assertThat(found.tokens().getLast().weight()).isZero();
    }

    @Test
    void aModelThatAnswersNoNumberIsRefused() {
        WordVotes broken = new WordVotes(_ -> Double.NaN);
        assertThatThrownBy(() -> explain(broken, words(3), LIME)).isInstanceOf(IllegalStateException.class);
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
        Text text = Text.of(words(3), 100, Explainer.UNITS_MAX);
        assertThatThrownBy(() -> Explainer.explain(WordVotes.linear(Map.of()), text, LIME, cancelled))
                .isInstanceOf(CancellationException.class);
    }

    private static Explanation explain(Runtime model, List<String> pieces, ExplainSpec spec) {
        return Explainer.explain(model, Text.of(pieces, 256, Explainer.UNITS_MAX), spec, Progress.NONE);
    }

    /// Votes −step·n/2 … step·n/2 for the words w0 … w(n−1), the strongest in the middle of the text.
    private static Map<String, Double> votes(int n, double step) {
        Map<String, Double> votes = new HashMap<>();
        IntStream.range(0, n).forEach(i -> votes.put("w" + i, step * ((i * 7 % n) - n / 3.0) * 0.5));
        return votes;
    }

    /// `w0 w1 …` as pieces, blanks included.
    private static List<String> words(int n) {
        return IntStream.range(0, 2 * n - 1)
                .mapToObj(i -> i % 2 == 0 ? "w" + i / 2 : " ")
                .toList();
    }

    private static List<TokenWeight> words(Explanation found) {
        return found.tokens().stream().filter(token -> !token.text().isBlank()).toList();
    }

    private static String joined(Explanation found) {
        return found.tokens().stream().map(TokenWeight::text).collect(Collectors.joining());
    }

    @Test
    void rankCorrelationSharesTiedRanks() {
        // scipy.stats.spearmanr([1,2,2,4,5],[5,6,7,8,7]) = 0.7631578947368421
        assertThat(Spearman.correlation(new double[] {1, 2, 2, 4, 5}, new double[] {5, 6, 7, 8, 7}))
                .isCloseTo(0.7631578947368421, within(1e-12));
    }
}
