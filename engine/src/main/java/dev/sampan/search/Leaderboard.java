package dev.sampan.search;

import dev.sampan.spec.SearchSpec.Goal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What was tried so far, in the order of trials: all that a search needs to go on.
public record Leaderboard(List<Trial> trials) {
    public static final Leaderboard EMPTY = new Leaderboard(List.of());

    public Leaderboard {
        trials = List.copyOf(trials);
    }

    /// With this trial in the place of the one with its number, or at the end.
    public Leaderboard with(Trial trial) {
        List<Trial> all = new ArrayList<>(trials);
        all.removeIf(one -> one.number() == trial.number());
        all.add(trial);
        all.sort(Comparator.comparingInt(Trial::number));
        return new Leaderboard(all);
    }

    public double seconds() {
        return trials.stream().mapToDouble(Trial::seconds).sum();
    }

    /// Best first: by the highest rung, then by the score there, then the earlier one. Trials without a score are last.
    public List<Trial> ranked(Goal goal) {
        return trials.stream()
                .sorted(Comparator.comparingInt((Trial trial) -> -trial.scores().size())
                        .thenComparingDouble(trial -> loss(trial, goal))
                        .thenComparingInt(Trial::number))
                .toList();
    }

    public Optional<Trial> best(Goal goal) {
        return ranked(goal).stream()
                .filter(trial -> Double.isFinite(loss(trial, goal)))
                .findFirst();
    }

    /// The less the better; infinite without a score, and for a score that is no number.
    static double loss(Trial trial, Goal goal) {
        Double score = trial.score();
        return score == null ? Double.POSITIVE_INFINITY : loss(score, goal);
    }

    static double loss(double score, Goal goal) {
        return Double.isNaN(score) ? Double.POSITIVE_INFINITY : goal == Goal.MAXIMIZE ? -score : score;
    }
}
