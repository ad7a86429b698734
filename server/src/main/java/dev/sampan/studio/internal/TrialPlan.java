package dev.sampan.studio.internal;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.search.Leaderboard;
import dev.sampan.search.Move;
import dev.sampan.search.Search;
import dev.sampan.search.Trial;
import dev.sampan.spec.ModelSpec;
import dev.sampan.spec.SearchSpec;
import dev.sampan.spec.SearchSpec.Goal;
import dev.sampan.spec.Spec;
import dev.sampan.spec.Specs;
import dev.sampan.studio.PackageResults;
import dev.sampan.studio.Trainer.Order;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Which trainings one specification asks for: the values that block `search` varies, or with `model: auto` the
/// architectures that its task knows, what is learnt in seconds first.
///
/// @param trials at the most
/// @param minutes for all of them; null for as long as it takes
record TrialPlan(
        Spec spec,
        String metric,
        Goal goal,
        int trials,
        @Nullable Double minutes,
        Chooser chooser) {
    private static final double SECONDS = 60;
    /// A trial that is given less cannot even load its data.
    private static final double LEAST_MINUTES = 0.05;

    /// What to do after a leaderboard.
    interface Chooser {
        Move next(Leaderboard board);

        /// Numbers of the trials that may still be gone on with.
        Set<Integer> waiting(Leaderboard board);
    }

    /// Values of every key that `model: auto` leaves open, where the task knows one architecture alone and
    /// nothing is to be compared; null otherwise.
    static @Nullable Trial sole(Spec spec) {
        List<String> ladder = Specs.architectures(spec);
        return spec.search() == null && spec.model() instanceof ModelSpec.Auto && ladder.size() == 1
                ? Trial.fresh(1, Map.of("model.type", ladder.getFirst()))
                : null;
    }

    /// @return null when one training is meant
    static @Nullable TrialPlan of(Spec spec) {
        SearchSpec search = spec.search();
        if (search != null) {
            return new TrialPlan(
                    spec,
                    search.metric(),
                    search.goal(),
                    search.samples(),
                    search.maxMinutes(),
                    new Searching(
                            new Search(search, spec.train().epochs()),
                            spec.train().epochs()));
        }
        if (spec.model() instanceof ModelSpec.Auto) {
            Ladder ladder = new Ladder(Specs.architectures(spec));
            return new TrialPlan(
                    spec,
                    SearchSpec.mainMetric(spec.task()),
                    SearchSpec.goal(SearchSpec.mainMetric(spec.task())),
                    ladder.architectures().size(),
                    spec.train().maxMinutes(),
                    ladder);
        }
        return null;
    }

    /// Trials of the last rung, as all are where there is one alone, do not pause.
    private record Searching(Search search, int epochsOfAll) implements Chooser {
        @Override
        public Move next(Leaderboard board) {
            return search.next(board) instanceof Move.Train(Trial trial, int epochs)
                    ? new Move.Train(trial, epochs < epochsOfAll ? epochs : Order.ALL_EPOCHS)
                    : new Move.Done();
        }

        @Override
        public Set<Integer> waiting(Leaderboard board) {
            return search.waiting(board);
        }
    }

    /// One architecture after another, each to its end.
    private record Ladder(List<String> architectures) implements Chooser {
        @Override
        public Move next(Leaderboard board) {
            int tried = board.trials().size();
            return tried == architectures.size()
                    ? new Move.Done()
                    : new Move.Train(
                            Trial.fresh(tried + 1, Map.of("model.type", architectures.get(tried))), Order.ALL_EPOCHS);
        }

        @Override
        public Set<Integer> waiting(Leaderboard board) {
            return Set.of();
        }
    }

    Move next(Leaderboard board) {
        return chooser.next(board);
    }

    Set<Integer> waiting(Leaderboard board) {
        return chooser.waiting(board);
    }

    boolean spent(Leaderboard board) {
        return minutes != null && minutes - board.seconds() / SECONDS < LEAST_MINUTES;
    }

    /// The specification of one trial, whole, with the time that is left for it.
    ///
    /// @throws ProblemException `search.same_trial`, or what is wrong with its values
    Map<String, Object> resolved(Trial trial, Leaderboard board) {
        Map<String, Object> own = resolved(spec, trial);
        Set<Map<String, Object>> others = new HashSet<>();
        board.trials().stream()
                .filter(one -> one.number() != trial.number())
                .forEach(one -> others.add(resolved(spec, one)));
        if (others.contains(own)) {
            throw new ProblemException(
                    Problem.of("search.same_trial", "Trial " + trial.number() + " is the same training as another one")
                            .remedy("Vary keys that change the training"));
        }
        return timed(own, trial, board);
    }

    /// The specification of the best trial's last training: the same, and of the time what is left.
    Map<String, Object> last(Trial best, Leaderboard board) {
        return timed(resolved(spec, best), best, board);
    }

    /// A trial's clock goes on from rung to rung.
    private Map<String, Object> timed(Map<String, Object> own, Trial trial, Leaderboard board) {
        Map<String, Object> timed = copy(own);
        if (minutes != null) {
            double left = Math.max(LEAST_MINUTES, minutes - board.seconds() / SECONDS);
            Double each = spec.train().maxMinutes();
            boolean ladder = spec.search() == null;
            double share = ladder ? left / Math.max(1, trials - board.trials().size()) : left;
            double until = share + trial.seconds() / SECONDS;
            set(timed, "train.max_minutes", each == null ? until : Math.min(each, until));
        }
        return timed;
    }

    /// The specification with the values of a trial in it.
    static Map<String, Object> resolved(Spec spec, Trial trial) {
        Map<String, Object> tree = copy(Specs.toTree(spec));
        tree.remove("search");
        if (spec.model() instanceof ModelSpec.Auto) {
            tree.remove("model");
        }
        trial.values().forEach((path, value) -> set(tree, path, value));
        return copy(Specs.toTree(Specs.fromTree(tree, Path.of(""))));
    }

    /// What the manifest keeps.
    PackageResults.TriedBoard told(Leaderboard board) {
        return new PackageResults.TriedBoard(metric, goal.name(), board.ranked(goal));
    }

    private static void set(Map<String, Object> tree, String path, Object value) {
        String[] keys = path.split("\\.");
        Map<String, Object> place = tree;
        for (int i = 0; i < keys.length - 1; i++) {
            Map<String, Object> below = place.get(keys[i]) instanceof Map<?, ?> map ? copy(map) : new TreeMap<>();
            place.put(keys[i], below);
            place = below;
        }
        place.put(keys[keys.length - 1], value);
    }

    private static Map<String, Object> copy(Map<?, ?> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(String.valueOf(key), value));
        return copy;
    }
}
