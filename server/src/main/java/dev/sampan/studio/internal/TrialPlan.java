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
import dev.sampan.spec.Task;
import dev.sampan.studio.PackageResults;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Which trainings one specification asks for: the values that block `search` varies, or with `model: auto` the
/// architectures that its task knows, from the usual one on.
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

    /// The next move after a leaderboard.
    interface Chooser {
        Move next(Leaderboard board);
    }

    /// @return null when one training is meant
    static @Nullable TrialPlan of(Spec spec) {
        SearchSpec search = spec.search();
        if (search != null) {
            Search chooser = new Search(search, spec.train().epochs());
            return new TrialPlan(
                    spec, search.metric(), search.goal(), search.samples(), search.maxMinutes(), chooser::next);
        }
        if (spec.model() instanceof ModelSpec.Auto) {
            List<String> ladder = Specs.architectures(spec.task());
            if (ladder.isEmpty()) {
                throw new ProblemException(
                        Problem.of("search.no_architecture", "No architecture is known for the task " + spec.task()));
            }
            boolean error = spec.task() == Task.REGRESSION;
            return new TrialPlan(
                    spec,
                    error ? "rmse" : "f1_macro",
                    error ? Goal.MINIMIZE : Goal.MAXIMIZE,
                    ladder.size(),
                    spec.train().maxMinutes(),
                    board -> rung(ladder, board, spec.train().epochs()));
        }
        return null;
    }

    private static Move rung(List<String> ladder, Leaderboard board, int epochs) {
        int tried = board.trials().size();
        return tried == ladder.size()
                ? new Move.Done()
                : new Move.Train(Trial.fresh(tried + 1, Map.of("model.type", ladder.get(tried))), epochs);
    }

    Move next(Leaderboard board) {
        return chooser.next(board);
    }

    boolean spent(Leaderboard board) {
        return minutes != null && minutes - board.seconds() / SECONDS < LEAST_MINUTES;
    }

    /// The specification of one trial, whole, with the time that is left for it.
    ///
    /// @throws ProblemException `search.same_trial`, or what is wrong with its values
    Map<String, Object> resolved(Trial trial, int epochs, Leaderboard board) {
        Map<String, Object> own = resolved(trial.values());
        Set<Map<String, Object>> others = new HashSet<>();
        board.trials().stream()
                .filter(one -> one.number() != trial.number())
                .forEach(one -> others.add(resolved(one.values())));
        if (others.contains(own)) {
            throw new ProblemException(
                    Problem.of("search.same_trial", "Trial " + trial.number() + " is the same training as another one")
                            .remedy("Vary keys that change the training"));
        }
        Map<String, Object> timed = copy(own);
        set(timed, "train.num_train_epochs", (long) epochs);
        if (minutes != null) {
            double left = minutes - board.seconds() / SECONDS;
            Double each = spec.train().maxMinutes();
            boolean ladder = spec.search() == null;
            double share = ladder ? left / Math.max(1, trials - board.trials().size()) : left;
            set(timed, "train.max_minutes", each == null ? share : Math.min(each, share));
        }
        return timed;
    }

    private Map<String, Object> resolved(Map<String, Object> values) {
        Map<String, Object> tree = copy(Specs.toTree(spec));
        tree.remove("search");
        if (spec.model() instanceof ModelSpec.Auto) {
            tree.remove("model");
        }
        values.forEach((path, value) -> set(tree, path, value));
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
