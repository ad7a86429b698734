package dev.sampan.training.internal;

import dev.sampan.spec.TrainSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where a run stands between two steps; with the weights, the moments and the best weights it is the whole of it.
///
/// @param epoch running, counted from 1
/// @param step next of this epoch, counted from 0
/// @param stepsDone over all epochs: Adam's t
/// @param lossSum of this epoch's rows so far
/// @param rowsSeen in this epoch so far
/// @param bestEpoch 0 before the first
/// @param best what validation said at that epoch; null before the first, and always when there is no validation
/// @param seconds wall-clock time spent so far, over all processes
/// @param epochSeconds of that in the running epoch
/// @param cpuSeconds likewise of all cores
/// @param history figures of each epoch ended
record RunState(
        int epoch,
        int step,
        long stepsDone,
        double lossSum,
        long rowsSeen,
        int bestEpoch,
        @Nullable Scores best,
        double seconds,
        double epochSeconds,
        double cpuSeconds,
        List<Map<String, Double>> history) {
    RunState {
        history = List.copyOf(history);
    }

    static RunState start() {
        return new RunState(1, 0, 0, 0, 0, 0, null, 0, 0, 0, List.of());
    }

    RunState afterStep(double loss, int rows, double wall, double cpu) {
        return new RunState(
                epoch,
                step + 1,
                stepsDone + 1,
                lossSum + loss,
                rowsSeen + rows,
                bestEpoch,
                best,
                seconds + wall,
                epochSeconds + wall,
                cpuSeconds + cpu,
                history);
    }

    /// The next epoch; `scores` null means that there is no validation, and the last epoch counts as the best.
    RunState afterEpoch(@Nullable Scores scores, boolean better, Map<String, Double> figures, double wall, double cpu) {
        List<Map<String, Double>> longer = new ArrayList<>(history);
        longer.add(figures);
        return new RunState(
                epoch + 1,
                0,
                stepsDone,
                0,
                0,
                better ? epoch : bestEpoch,
                better ? scores : best,
                seconds + wall,
                0,
                cpuSeconds + cpu,
                longer);
    }

    /// True when no further epoch is to be begun.
    boolean finished(TrainSpec spec) {
        return epoch > spec.epochs() || epoch - 1 - bestEpoch >= spec.patience() || overTime(spec);
    }

    boolean overTime(TrainSpec spec) {
        Double minutes = spec.maxMinutes();
        return minutes != null && seconds >= minutes * 60;
    }
}
