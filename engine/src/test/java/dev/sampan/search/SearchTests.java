package dev.sampan.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampan.kernel.Json;
import dev.sampan.spec.SearchSpec;
import dev.sampan.spec.SearchSpec.Algorithm;
import dev.sampan.spec.SearchSpec.Choice;
import dev.sampan.spec.SearchSpec.Goal;
import dev.sampan.spec.SearchSpec.LogUniform;
import dev.sampan.spec.SearchSpec.Scheduler;
import dev.sampan.spec.SearchSpec.Space;
import dev.sampan.spec.SearchSpec.Uniform;
import dev.sampan.spec.SearchSpec.Whole;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleBiFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/// Searches walked to their end, with a function in the place of training.
class SearchTests {
    private static final Map<String, Space> BOWL = new TreeMap<>(Map.of(
            "train.learning_rate", new LogUniform(1e-6, 1),
            "model.dropout", new Uniform(0, 0.9),
            "model.hidden_size", new Whole(4, 512),
            "model.tokenizer", new Choice(List.of("words", "characters", "auto"))));

    private static SearchSpec spec(Algorithm algorithm, Scheduler scheduler, int samples, long seed) {
        return new SearchSpec("f1_macro", Goal.MINIMIZE, algorithm, scheduler, samples, null, 1, 3, seed, BOWL);
    }

    private static double number(Trial trial, String path) {
        return ((Number) Objects.requireNonNull(trial.values().get(path))).doubleValue();
    }

    /// Least, 0, at a learning rate of 0.001, a dropout of 0.3, 128 units and words.
    private static double bowl(Trial trial) {
        double rate = Math.log10(number(trial, "train.learning_rate")) + 3;
        double dropout = (number(trial, "model.dropout") - 0.3) * 3;
        double units = (number(trial, "model.hidden_size") - 128) / 128;
        return rate * rate
                + dropout * dropout
                + units * units
                + ("words".equals(trial.values().get("model.tokenizer")) ? 0 : 1);
    }

    private static Leaderboard walk(SearchSpec spec, int epochs, ToDoubleBiFunction<Trial, Integer> training) {
        Search search = new Search(spec, epochs);
        Leaderboard board = Leaderboard.EMPTY;
        while (search.next(board) instanceof Move.Train(Trial trial, int budget)) {
            board = board.with(trial.scored(training.applyAsDouble(trial, budget), 1));
        }
        return board;
    }

    private static double best(Algorithm algorithm, long seed) {
        return walk(spec(algorithm, Scheduler.NONE, 50, seed), 10, (trial, _) -> bowl(trial))
                .best(Goal.MINIMIZE)
                .stream()
                .mapToDouble(SearchTests::bowl)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theParzenEstimatorsFindTheBottomOfABowlMuchCloserThanChance() {
        int better = 0;
        double guided = 0;
        double chance = 0;
        for (long seed = 0; seed < 20; seed++) {
            double byTpe = best(Algorithm.TPE, seed);
            double byChance = best(Algorithm.RANDOM, seed);
            better += byTpe < byChance ? 1 : 0;
            guided += byTpe / 20;
            chance += byChance / 20;
        }
        assertThat(better).as(guided + " against " + chance).isGreaterThanOrEqualTo(14);
        assertThat(guided).isLessThan(0.6 * chance);
    }

    @Property(tries = 50)
    void everyValueLiesInItsSpaceAndNoTrialIsTriedTwice(@ForAll @IntRange(max = 1_000_000) int seed) {
        Leaderboard board = walk(spec(Algorithm.TPE, Scheduler.NONE, 30, seed), 10, (trial, _) -> bowl(trial));
        assertThat(board.trials()).hasSize(30).allSatisfy(trial -> {
            assertThat(number(trial, "train.learning_rate")).isBetween(1e-6, 1.0);
            assertThat(number(trial, "model.dropout")).isBetween(0.0, 0.9);
            assertThat(trial.values().get("model.hidden_size")).isInstanceOf(Long.class);
            assertThat(number(trial, "model.hidden_size")).isBetween(4.0, 512.0);
            assertThat(trial.values().get("model.tokenizer")).isIn("words", "characters", "auto");
        });
        assertThat(new HashSet<>(board.trials().stream().map(Trial::values).toList()))
                .hasSize(30);
    }

    @Test
    void aSmallSpaceIsTriedWholeAndThenTheSearchEnds() {
        SearchSpec small = new SearchSpec(
                "f1_macro",
                Goal.MAXIMIZE,
                Algorithm.TPE,
                Scheduler.NONE,
                100,
                null,
                1,
                3,
                1,
                Map.of("model.max_length", new Choice(List.of(16L, 32L, 64L)), "train.seed", new Whole(1, 4)));
        Leaderboard board = walk(small, 5, (trial, _) -> number(trial, "train.seed"));
        Set<Map<String, Object>> tried = new HashSet<>();
        board.trials().forEach(trial -> tried.add(trial.values()));
        assertThat(tried).hasSize(12);
        assertThat(board.trials()).hasSize(12);
    }

    @Test
    void aLeaderboardThatWasWrittenAndReadGoesOnAsIfNeverStopped() {
        SearchSpec spec = spec(Algorithm.TPE, Scheduler.ASHA, 25, 3);
        Search search = new Search(spec, 27);
        Leaderboard board = Leaderboard.EMPTY;
        List<String> moves = new ArrayList<>();
        while (search.next(board) instanceof Move.Train(Trial trial, int budget)) {
            moves.add(trial.number() + " " + budget + " " + trial.values());
            board = Json.read(Json.write(board.with(trial.scored(bowl(trial) + 1.0 / budget, 1))), Leaderboard.class);
            search = new Search(spec, 27);
        }
        List<String> straight = new ArrayList<>();
        walk(spec, 27, (trial, budget) -> {
            straight.add(trial.number() + " " + budget + " " + trial.values());
            return bowl(trial) + 1.0 / budget;
        });
        assertThat(moves).isEqualTo(straight);
    }

    /// Algorithm 2 of the paper with r = 1, R = 9, η = 3: a third of each rung goes up as soon as it is known, and of
    /// those that were among the best for a while some √n more (§3.2 there).
    @Test
    void halvingPromotesAboutAThirdOfEachRungAsSoonAsItCan() {
        Map<Integer, Integer> byBudget = new HashMap<>();
        List<Integer> budgets = new ArrayList<>();
        Leaderboard board = walk(spec(Algorithm.RANDOM, Scheduler.ASHA, 27, 5), 9, (trial, budget) -> {
            byBudget.merge(budget, 1, Integer::sum);
            budgets.add(budget);
            return bowl(trial);
        });
        assertThat(byBudget).containsOnlyKeys(1, 3, 9).containsEntry(1, 27);
        assertThat(byBudget.get(3)).isBetween(9, 14);
        assertThat(byBudget.get(9)).isBetween(3, 7);
        assertThat(budgets.subList(0, 4)).containsExactly(1, 1, 1, 3);
        List<Trial> byScore = board.trials().stream()
                .sorted(Comparator.comparingDouble(SearchTests::bowl))
                .toList();
        assertThat(byScore.getFirst().scores()).hasSize(3);
        assertThat(board.best(Goal.MINIMIZE)).contains(byScore.getFirst());
        assertThat(byScore.getLast().scores()).hasSize(1);
    }

    @Test
    void halvingSpendsFarFewerEpochsForTheSameWinner() {
        int[] spent = new int[2];
        Trial halved = walk(spec(Algorithm.RANDOM, Scheduler.ASHA, 27, 5), 27, (trial, budget) -> {
                    spent[0] += budget;
                    return bowl(trial);
                })
                .best(Goal.MINIMIZE)
                .orElseThrow();
        Trial whole = walk(spec(Algorithm.RANDOM, Scheduler.NONE, 27, 5), 27, (trial, budget) -> {
                    spent[1] += budget;
                    return bowl(trial);
                })
                .best(Goal.MINIMIZE)
                .orElseThrow();
        assertThat(halved.values()).isEqualTo(whole.values());
        assertThat(spent[0]).isLessThan(spent[1] / 4);
    }

    @Test
    void aFailedTrialIsNeverPromotedAndNeverTheBest() {
        SearchSpec spec = spec(Algorithm.TPE, Scheduler.ASHA, 20, 9);
        Search search = new Search(spec, 9);
        Leaderboard board = Leaderboard.EMPTY;
        while (search.next(board) instanceof Move.Train(Trial trial, int _)) {
            assertThat(trial.failure()).isNull();
            board = board.with(
                    trial.number() % 2 == 0 ? trial.failed("training.diverged", 1) : trial.scored(bowl(trial), 1));
        }
        assertThat(board.best(Goal.MINIMIZE).orElseThrow().failure()).isNull();
        assertThat(board.trials().stream().filter(trial -> trial.failure() != null))
                .hasSize(10)
                .allSatisfy(trial -> assertThat(trial.scores()).isEmpty());
    }

    @Test
    void whatIsNotANumberIsTheWorstScore() {
        Leaderboard board = Leaderboard.EMPTY
                .with(Trial.fresh(1, Map.of()).scored(Double.NaN, 1))
                .with(Trial.fresh(2, Map.of("a", 1)).scored(0.1, 1));
        assertThat(board.best(Goal.MAXIMIZE).orElseThrow().number()).isEqualTo(2);
        assertThat(board.best(Goal.MINIMIZE).orElseThrow().number()).isEqualTo(2);
    }
}
