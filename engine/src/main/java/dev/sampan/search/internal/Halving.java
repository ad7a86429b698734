package dev.sampan.search.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Asynchronous successive halving (Li, Jamieson, Rostamizadeh et al.: A System for Massively Parallel
/// Hyperparameter Tuning, 2018, algorithm 2). A trial starts on the lowest rung; of the trials that ended on a
/// rung, the best 1 / `reduction` go up, with `reduction` times the epochs, as soon as they are among them: no
/// rung waits to be full.
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
            List<Integer> ended = ended(losses, rung);
            Optional<Integer> next = among(ended.subList(0, ended.size() / reduction), losses, rung)
                    .findFirst();
            if (next.isPresent()) {
                return next;
            }
        }
        return Optional.empty();
    }

    /// The trials that may go up, now or when more have ended on their rung: a trial's place there only gets
    /// worse, and of the places no more than `1 / reduction` of all trials lead up.
    ///
    /// @param trials there will be at the most
    public Set<Integer> waiting(List<List<Double>> losses, int trials) {
        Set<Integer> waiting = new HashSet<>();
        int places = trials;
        for (int rung = 0; rung < count() - 1; rung++) {
            places /= reduction;
            List<Integer> ended = ended(losses, rung);
            among(ended.subList(0, Math.min(ended.size(), places)), losses, rung)
                    .forEach(waiting::add);
        }
        return waiting;
    }

    /// Those that ended on a rung, the best first.
    private static List<Integer> ended(List<List<Double>> losses, int rung) {
        return IntStream.range(0, losses.size())
                .filter(trial -> losses.get(trial).size() > rung)
                .boxed()
                .sorted(Comparator.comparingDouble(trial -> losses.get(trial).get(rung)))
                .toList();
    }

    /// Those of these that stand on the rung and have not failed.
    private static Stream<Integer> among(List<Integer> trials, List<List<Double>> losses, int rung) {
        return trials.stream()
                .filter(trial -> losses.get(trial).size() == rung + 1
                        && losses.get(trial).get(rung) < Double.POSITIVE_INFINITY);
    }
}
