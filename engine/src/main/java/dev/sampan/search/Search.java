package dev.sampan.search;

import dev.sampan.search.internal.Halving;
import dev.sampan.search.internal.Parzen;
import dev.sampan.search.internal.Sample;
import dev.sampan.search.internal.Uniformly;
import dev.sampan.spec.SearchSpec;
import dev.sampan.spec.SearchSpec.Algorithm;
import dev.sampan.spec.SearchSpec.Scheduler;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/// The next trial of a search. First come trials with values drawn at random; then, with `tpe`, such as the good
/// trials so far make likely. With `asha`, a trial that is among the best of its rung goes up before a fresh one
/// begins.
public final class Search {
    /// How often a draw that was tried before is drawn again before a space counts as used up.
    private static final int DRAWS_MAX = 200;

    private final SearchSpec spec;
    private final Halving rungs;

    /// @param maxEpochs of a whole training
    public Search(SearchSpec spec, int maxEpochs) {
        this.spec = spec;
        this.rungs = spec.scheduler() == Scheduler.ASHA
                ? Halving.of(Math.min(spec.minEpochs(), maxEpochs), maxEpochs, spec.reduction())
                : Halving.of(maxEpochs, maxEpochs, spec.reduction());
    }

    public Move next(Leaderboard board) {
        Optional<Integer> up = rungs.promotable(losses(board));
        if (up.isPresent()) {
            Trial trial = board.trials().get(up.get());
            return new Move.Train(trial, rungs.epochs(trial.scores().size()));
        }
        int number = board.trials().size() + 1;
        return number > spec.samples()
                ? new Move.Done()
                : fresh(board, number)
                        .<Move>map(values -> new Move.Train(Trial.fresh(number, values), rungs.epochs(0)))
                        .orElseGet(Move.Done::new);
    }

    /// Numbers of the trials that may go up a rung, now or when more have ended on theirs: the others'
    /// checkpoints are not needed any more.
    public Set<Integer> waiting(Leaderboard board) {
        Set<Integer> numbers = new HashSet<>();
        rungs.waiting(losses(board), spec.samples())
                .forEach(trial -> numbers.add(board.trials().get(trial).number()));
        return numbers;
    }

    /// Values that were not tried yet; empty when the spaces hold no others.
    private Optional<Map<String, Object>> fresh(Leaderboard board, int number) {
        SplittableRandom random = new SplittableRandom(spec.seed() * 1_000_003 + number);
        List<Sample> seen = comparable(board);
        boolean guided = spec.algorithm() == Algorithm.TPE && seen.size() >= Parzen.RANDOM_FIRST;
        for (int i = 0; i < DRAWS_MAX; i++) {
            // A space that is nearly used up needs chance: what is likely was tried.
            Map<String, Object> values = guided && i < DRAWS_MAX / 4
                    ? Parzen.draw(spec.parameters(), seen, random)
                    : Uniformly.draw(spec.parameters(), random);
            if (board.trials().stream().noneMatch(trial -> trial.values().equals(values))) {
                return Optional.of(values);
            }
        }
        return Optional.empty();
    }

    /// Losses of one rung alone, since scores after one epoch and after thirty are not alike: of the highest
    /// rung that enough trials reached (as in BOHB, Falkner et al. 2018), else of the lowest. A failure is
    /// worse than any score.
    private List<Sample> comparable(Leaderboard board) {
        for (int rung = rungs.count() - 1; rung >= 0; rung--) {
            List<Sample> samples = new ArrayList<>();
            for (Trial trial : board.trials()) {
                if (trial.scores().size() > rung) {
                    samples.add(new Sample(
                            trial.values(), Leaderboard.loss(trial.scores().get(rung), spec.goal())));
                } else if (trial.failure() != null) {
                    samples.add(new Sample(trial.values(), Double.POSITIVE_INFINITY));
                }
            }
            if (samples.size() >= Parzen.RANDOM_FIRST || rung == 0) {
                return samples;
            }
        }
        return List.of();
    }

    /// By trial, then by rung. A failed trial stands as one that never wins.
    private List<List<Double>> losses(Leaderboard board) {
        return board.trials().stream()
                .map(trial -> {
                    List<Double> losses = new ArrayList<>();
                    trial.scores().forEach(score -> losses.add(Leaderboard.loss(score, spec.goal())));
                    if (trial.failure() != null) {
                        losses.add(Double.POSITIVE_INFINITY);
                    }
                    return List.copyOf(losses);
                })
                .toList();
    }
}
