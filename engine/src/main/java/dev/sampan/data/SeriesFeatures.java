package dev.sampan.data;

import dev.sampan.data.NamedTensors.Declared;
import dev.sampan.data.NamedTensors.Floats;
import dev.sampan.data.NamedTensors.Type;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.Nearest;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Features of a forecaster: the newest values of a series. A row names a series that the training rows hold, and may
/// bring what was observed since under [#OBSERVED]; or it brings the whole history of a series of its own.
///
/// The graph reads `history`, (batch, window) FLOAT, the newest value last. Shorter histories are filled up in front
/// with
/// their first value.
public final class SeriesFeatures implements Features {
    /// Key of a row's own values: a JSON list of numbers, oldest first, that follow the known ones.
    public static final String OBSERVED = "observed";

    /// Name of the graph's input.
    public static final String HISTORY = "history";

    /// Name of the one series of data without a column that names series.
    public static final String ONLY = "";

    /// One series of the training rows.
    ///
    /// @param last place of the newest value on the axis
    /// @param newest values, at most as many as the window, oldest first
    public record Known(String name, long last, float[] newest) {}

    private final String time;
    private final @Nullable String series;
    private final int window;
    private final TimeAxis axis;
    private final List<Known> known;
    private final Target.Horizon target;
    private final Map<String, Known> byName = new HashMap<>();

    /// @param time name of the column with the times
    /// @param series name of the column that names series; null when there is one series
    public SeriesFeatures(
            String time, @Nullable String series, int window, TimeAxis axis, List<Known> known, Target.Horizon target) {
        this.time = Objects.requireNonNull(time);
        this.series = series;
        this.window = window;
        this.axis = Objects.requireNonNull(axis);
        this.known = List.copyOf(known);
        this.target = Objects.requireNonNull(target);
        known.forEach(one -> byName.put(one.name(), one));
        if (window < 1 || known.isEmpty() || known.stream().anyMatch(one -> one.newest().length == 0)) {
            throw new IllegalArgumentException("window " + window + ", series " + known.size());
        }
    }

    /// The column that names series; none where there is but one.
    @Override
    public List<String> inputs() {
        return series == null ? List.of() : List.of(series);
    }

    @Override
    public List<String> optionalInputs() {
        return List.of(OBSERVED);
    }

    @Override
    public Target.Horizon target() {
        return target;
    }

    public String time() {
        return time;
    }

    public @Nullable String series() {
        return series;
    }

    public int window() {
        return window;
    }

    public TimeAxis axis() {
        return axis;
    }

    /// The series of the training rows.
    public List<Known> known() {
        return known;
    }

    @Override
    public List<Declared> tensors() {
        return List.of(new Declared(HISTORY, Type.FLOAT, List.of(-1L, (long) window)));
    }

    @Override
    public NamedTensors encode(List<Map<String, String>> rows) {
        float[] values = new float[Math.multiplyExact(rows.size(), window)];
        for (int row = 0; row < rows.size(); row++) {
            Known of = seriesOf(rows.get(row));
            float[] observed = observed(rows.get(row));
            float[] all = Arrays.copyOf(of.newest(), of.newest().length + observed.length);
            System.arraycopy(observed, 0, all, of.newest().length, observed.length);
            fill(all, values, row * window);
        }
        return new NamedTensors(rows.size(), Map.of(HISTORY, new Floats(values, rows.size(), window)));
    }

    private void fill(float[] history, float[] target, int at) {
        for (int i = 0; i < window; i++) {
            int from = history.length - window + i;
            target[at + i] = history[Math.max(0, from)];
        }
    }

    /// The times of the answers to a row.
    public List<String> times(Map<String, String> row) {
        Known of = seriesOf(row);
        int since = observed(row).length;
        return IntStream.rangeClosed(1, target.steps())
                .mapToObj(step -> axis.write(axis.after(of.last(), since + step)))
                .toList();
    }

    private Known seriesOf(Map<String, String> row) {
        String name = series == null ? ONLY : row.get(series);
        if (name == null) {
            throw new ProblemException(Nearest.remedy(
                    Problem.of("input.missing_column", "The input has no '" + series + "'"),
                    Objects.requireNonNull(series),
                    row.keySet()));
        }
        Known found = byName.get(name);
        if (found == null) {
            throw new ProblemException(Nearest.remedy(
                    Problem.of("input.invalid", "No series of the training rows is named '" + name + "'"),
                    name,
                    byName.keySet()));
        }
        return found;
    }

    private static float[] observed(Map<String, String> row) {
        String list = row.get(OBSERVED);
        if (list == null || list.isBlank()) {
            return new float[0];
        }
        try {
            float[] values = Json.read(list, float[].class);
            for (float value : values) {
                if (!Float.isFinite(value)) {
                    throw invalid(null);
                }
            }
            return values;
        } catch (ProblemException e) {
            throw invalid(e);
        }
    }

    private static ProblemException invalid(@Nullable Exception cause) {
        ProblemException invalid =
                new ProblemException(Problem.of("input.invalid", "'" + OBSERVED + "' is no JSON list of numbers")
                        .remedy("Write [1.5, 2, 2.5], the oldest first"));
        if (cause != null && cause != invalid) {
            invalid.initCause(cause);
        }
        return invalid;
    }

    @Override
    public Map<String, String> example() {
        return series == null ? Map.of() : Map.of(series, known.getFirst().name());
    }

    @Override
    public void write(Path folder) {
        FeaturesFile.write(this, folder);
    }
}
