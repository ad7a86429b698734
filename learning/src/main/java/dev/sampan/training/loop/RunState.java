package dev.sampan.training.loop;

import dev.sampan.spec.TrainSpec;
import dev.sampan.spec.TrainSpec.Pace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where a run stands between two steps; with the arrays of [Memory] it is the whole of it.
///
/// @param epoch running, counted from 1
/// @param step next of this epoch, counted from 0
/// @param stepsDone over all epochs: the optimiser's t
/// @param sums since the validation before
/// @param clock over all processes
/// @param judged what validation said so far
/// @param plateau of a schedule that waits for validation
/// @param trend of the loss
/// @param bf16 whether matrices are multiplied in bfloat16; null before it was decided
/// @param history figures of each validation
public record RunState(
        int epoch,
        int step,
        long stepsDone,
        Sums sums,
        Clock clock,
        Judged judged,
        Plateau plateau,
        Trend trend,
        @Nullable Boolean bf16,
        List<Map<String, Double>> history) {
    /// @param loss sum of the rows' losses
    /// @param weight what the loss is to be divided by
    record Sums(double loss, double weight, long rows, double seconds) {
        static final Sums NONE = new Sums(0, 0, 0, 0);

        Sums plus(Crew.Learnt learnt, double wall) {
            return new Sums(loss + learnt.loss(), weight + learnt.weight(), rows + learnt.rows(), seconds + wall);
        }
    }

    /// @param seconds wall-clock time spent
    /// @param cpuSeconds of all cores
    record Clock(double seconds, double cpuSeconds) {
        Clock plus(Stopwatch.Lap lap) {
            return new Clock(seconds + lap.wall(), cpuSeconds + lap.cpu());
        }
    }

    /// @param count validations so far
    /// @param bestAt number of the best, 0 before the first
    /// @param bestEpoch in which it was
    /// @param best its figures; null before the first, and always when there is no validation
    record Judged(
            int count, int bestAt, int bestEpoch, @Nullable Map<String, Double> best) {
        Judged again() {
            return new Judged(count + 1, bestAt, bestEpoch, best);
        }
    }

    public RunState {
        history = List.copyOf(history);
    }

    static RunState start() {
        return new RunState(
                1,
                0,
                0,
                Sums.NONE,
                new Clock(0, 0),
                new Judged(0, 0, 0, null),
                Plateau.START,
                Trend.START,
                null,
                List.of());
    }

    RunState decided(boolean inBf16) {
        return new RunState(epoch, step, stepsDone, sums, clock, judged, plateau, trend, inBf16, history);
    }

    RunState afterStep(Crew.Learnt learnt, Stopwatch.Lap lap) {
        return new RunState(
                epoch,
                step + 1,
                stepsDone + 1,
                sums.plus(learnt, lap.wall()),
                clock.plus(lap),
                judged,
                plateau,
                trend.after(learnt.mean()),
                bf16,
                history);
    }

    RunState afterEpoch() {
        return new RunState(epoch + 1, 0, stepsDone, sums, clock, judged, plateau, trend, bf16, history);
    }

    /// @param validated what validation says; null when there is none, and the last then counts as the best
    /// @param ended the epoch that was validated
    RunState afterJudgement(
            @Nullable Map<String, Double> validated,
            boolean better,
            Map<String, Double> figures,
            int ended,
            Stopwatch.Lap lap,
            TrainSpec spec) {
        List<Map<String, Double>> longer = new ArrayList<>(history);
        longer.add(figures);
        int count = judged.count() + 1;
        return new RunState(
                epoch,
                step,
                stepsDone,
                Sums.NONE,
                clock.plus(lap),
                better ? new Judged(count, count, ended, validated) : judged.again(),
                plateau.after(better, spec.patience()),
                trend,
                bf16,
                longer);
    }

    /// True when all steps that may be made are made.
    boolean exhausted(TrainSpec spec) {
        Pace pace = spec.pace();
        Integer steps = pace.maxSteps();
        Double minutes = spec.maxMinutes();
        return (steps == null ? epoch > spec.epochs() : stepsDone >= steps)
                || minutes != null && clock.seconds >= minutes * 60;
    }

    /// True when no further step is to be made.
    public boolean finished(TrainSpec spec) {
        return exhausted(spec) || judged.count() - judged.bestAt() >= spec.patience();
    }

    /// Whole epochs.
    public int epochs() {
        return epoch - 1;
    }

    public int bestEpoch() {
        return judged.bestEpoch();
    }

    public double seconds() {
        return clock.seconds();
    }

    public double cpuSeconds() {
        return clock.cpuSeconds();
    }
}
