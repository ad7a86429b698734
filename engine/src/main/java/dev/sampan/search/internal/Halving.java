package dev.sampan.search.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/// Asynchronous successive halving (Li, Jamieson, Rostamizadeh et al.: A System for Massively Parallel Hyperparameter
/// Tuning, 2018, algorithm 2). A trial starts on the lowest rung; of the trials that ended on a rung, the best
/// 1 / `reduction` go up, with `reduction` times the epochs, as soon as they are among them: no rung waits to be full.
///
/// @param budgets epochs of each rung, the lowest first
public record Halving(List<Integer> budgets, int reduction) {
    public Halving {
        budgets = List.copyOf(budgets);
    }

    /// @param least epochs of the lowest rung
    /// @param most epochs of the highest
    public static Halving of(int least, int most, int reduction) {
        List<Integer> budgets = new ArrayList<>();
        for (long epochs = least; epochs < most; epochs *= reduction) {
            budgets.add((int) epochs);
        }
        budgets.add(most);
        return new Halving(budgets, reduction);
    }

    public int count() {
        return budgets.size();
    }

    public int epochs(int rung) {
        return budgets.get(rung);
    }

    /// The trial that goes up now, looking at the highest rungs first; empty when none does.
    ///
    /// @param losses of each trial, by rung
    public Optional<Integer> promotable(List<List<Double>> losses) {
        for (int rung = count() - 2; rung >= 0; rung--) {
            int here = rung;
            List<Integer> ended = IntStream.range(0, losses.size())
                    .filter(trial -> losses.get(trial).size() > here)
                    .boxed()
                    .sorted(Comparator.comparingDouble(
                            trial -> losses.get(trial).get(here)))
                    .toList();
            Set<Integer> best = new HashSet<>(ended.subList(0, ended.size() / reduction));
            Optional<Integer> next = ended.stream()
                    .filter(trial -> best.contains(trial)
                            && losses.get(trial).size() == here + 1
                            && losses.get(trial).get(here) < Double.POSITIVE_INFINITY)
                    .findFirst();
            if (next.isPresent()) {
                return next;
            }
        }
        return Optional.empty();
    }
}
