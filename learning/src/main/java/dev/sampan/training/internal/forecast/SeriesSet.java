package dev.sampan.training.internal.forecast;

import dev.sampan.data.Dataset;
import dev.sampan.data.Datasets;
import dev.sampan.data.Row;
import dev.sampan.data.RowReader;
import dev.sampan.data.SeriesFeatures;
import dev.sampan.data.Split;
import dev.sampan.data.TimeAxis;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Series on one axis, without gaps.
///
/// @param filled values that were missing between others and were drawn on the line between them
record SeriesSet(TimeAxis axis, List<One> series, long filled) {
    /// @param first place of the first value
    record One(String name, long first, double[] values) {
        long last(TimeAxis axis) {
            return axis.after(first, values.length - 1);
        }
    }

    /// @param series number of the column that names series, or null
    static SeriesSet read(Dataset dataset, List<Split> splits, int time, @Nullable Integer series) {
        Map<String, NavigableMap<Long, Double>> read = new TreeMap<>();
        TimeAxis.@Nullable Style style = null;
        for (Split split : splits) {
            try (RowReader rows = Datasets.rows(dataset, split)) {
                for (Row row = rows.next(); row != null; row = rows.next()) {
                    String written = row.values().get(time);
                    style = style == null ? TimeAxis.styleOf(written) : style;
                    String name =
                            series == null ? SeriesFeatures.ONLY : row.values().get(series);
                    Double before = read.computeIfAbsent(name, _ -> new TreeMap<>())
                            .put(TimeAxis.placeOf(style, written), number(row));
                    if (before != null) {
                        throw new ProblemException(Problem.of(
                                        "training.doubled_time",
                                        "The series '" + name + "' has two values at " + written)
                                .at(row.origin())
                                .remedy("Name the column that tells series apart as an input of type category"));
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        if (style == null) {
            throw new ProblemException(Problem.of("training.no_rows", "There is no row to learn from"));
        }
        return gridded(axis(style, read), read);
    }

    private static double number(Row row) {
        String value = row.values().getLast();
        try {
            double number = Double.parseDouble(value.strip());
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException _) {
            // said below
        }
        throw new ProblemException(
                Problem.of("training.no_number", "The value of a series is '" + value + "', and no number")
                        .at(row.origin()));
    }

    private static TimeAxis axis(TimeAxis.Style style, Map<String, NavigableMap<Long, Double>> read) {
        NavigableMap<Long, Double> longest =
                Collections.max(read.values(), (a, b) -> Integer.compare(a.size(), b.size()));
        if (longest.size() < 4) {
            throw new ProblemException(Problem.of(
                    "training.no_rows",
                    "The longest series has " + longest.size() + " training values, and a forecast needs 4 at least"));
        }
        return TimeAxis.of(
                style, longest.keySet().stream().mapToLong(Long::longValue).toArray());
    }

    private static SeriesSet gridded(TimeAxis axis, Map<String, NavigableMap<Long, Double>> read) {
        List<One> series = new ArrayList<>();
        long filled = 0;
        for (Map.Entry<String, NavigableMap<Long, Double>> entry : read.entrySet()) {
            NavigableMap<Long, Double> values = entry.getValue();
            List<Double> grid = new ArrayList<>();
            long first = values.firstKey();
            for (int step = 0; axis.after(first, step) <= values.lastKey(); step++) {
                long place = axis.after(first, step);
                Double here = values.get(place);
                filled += here == null ? 1 : 0;
                grid.add(here == null ? between(values, place) : here);
            }
            if (grid.size() > 100L * values.size()) {
                throw new ProblemException(Problem.of(
                        "training.uneven_times",
                        "The times of the series '" + entry.getKey() + "' are so far apart that " + filled
                                + " values would have to be made up"));
            }
            series.add(new One(
                    entry.getKey(),
                    first,
                    grid.stream().mapToDouble(Double::doubleValue).toArray()));
        }
        return new SeriesSet(axis, series, filled);
    }

    private static double between(NavigableMap<Long, Double> values, long place) {
        Map.Entry<Long, Double> before = values.floorEntry(place);
        Map.Entry<Long, Double> after = values.ceilingEntry(place);
        double share = (double) (place - before.getKey()) / (after.getKey() - before.getKey());
        return before.getValue() + share * (after.getValue() - before.getValue());
    }

    boolean positive() {
        return series.stream().allMatch(one -> Arrays.stream(one.values()).allMatch(value -> value > 0));
    }

    int longest() {
        return series.stream().mapToInt(one -> one.values().length).max().orElseThrow();
    }
}
