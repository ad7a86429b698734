package dev.sampan.compression;

import dev.sampan.runtime.Runtime;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// The time of one input answered alone, of two models side by side: they take turns, so that a neighbour on the
/// machine slows both.
final class Latency {
    private static final int WARM_UP = 10;
    private static final int RUNS_MIN = 50;
    private static final int RUNS_MAX = 500;
    private static final Duration ENOUGH = Duration.ofSeconds(2);
    /// A model that takes seconds for one answer is timed in fewer runs.
    private static final Duration AT_MOST = Duration.ofSeconds(20);

    private Latency() {}

    /// Median microseconds of each runtime, over the same inputs in turn.
    static double[] medianMicros(List<Runtime> runtimes, List<Map<String, String>> inputs) {
        double[][] micros = new double[runtimes.size()][RUNS_MAX];
        long start = System.nanoTime();
        int warm = 0;
        while (warm < WARM_UP && System.nanoTime() - start < AT_MOST.toNanos() / 4) {
            for (Runtime runtime : runtimes) {
                runtime.predict(List.of(inputs.get(warm % inputs.size())));
            }
            warm++;
        }
        int runs = 0;
        start = System.nanoTime();
        for (long took = 0; runs < RUNS_MAX && more(runs, took); took = System.nanoTime() - start) {
            List<Map<String, String>> input = List.of(inputs.get(runs % inputs.size()));
            for (int r = 0; r < runtimes.size(); r++) {
                long from = System.nanoTime();
                runtimes.get(r).predict(input);
                micros[r][runs] = (System.nanoTime() - from) / 1e3;
            }
            runs++;
        }
        int taken = runs;
        return Arrays.stream(micros).mapToDouble(all -> median(all, taken)).toArray();
    }

    private static boolean more(int runs, long tookNanos) {
        return runs < RUNS_MIN ? runs == 0 || tookNanos < AT_MOST.toNanos() : tookNanos < ENOUGH.toNanos();
    }

    private static double median(double[] values, int count) {
        double[] sorted = Arrays.copyOf(values, count);
        Arrays.sort(sorted);
        return (sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
    }
}
