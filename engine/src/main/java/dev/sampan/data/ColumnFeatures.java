package dev.sampan.data;

import dev.sampan.data.NamedTensors.Declared;
import dev.sampan.data.NamedTensors.Floats;
import dev.sampan.data.NamedTensors.Longs;
import dev.sampan.data.NamedTensors.Type;
import dev.sampan.data.NamedTensors.Values;
import dev.sampan.kernel.Nearest;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Features of rows with columns of several kinds, each fitted on its own. The graph reads [#NUMBERS] where there are
/// columns that become numbers, [#CATEGORIES] where there are columns that become an index, and the tensors that
/// single columns have of their own.
///
/// @param missing how training rows wrote a value that is not there, besides the empty text
public record ColumnFeatures(List<FittedColumn> columns, Target target, Set<String> missing) implements Features {
    /// (batch, sum of the widths) FLOAT.
    public static final String NUMBERS = "numbers";

    /// (batch, index columns) INT64.
    public static final String CATEGORIES = "categories";

    public ColumnFeatures {
        columns = List.copyOf(columns);
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("no columns");
        }
        Objects.requireNonNull(target);
        missing = Set.copyOf(missing);
    }

    public ColumnFeatures(List<FittedColumn> columns, Target target) {
        this(columns, target, Set.of());
    }

    /// The same columns for another answer.
    public ColumnFeatures withTarget(Target other) {
        return new ColumnFeatures(columns, other, missing);
    }

    @Override
    public List<String> inputs() {
        return columns.stream().map(FittedColumn::name).toList();
    }

    /// Width of [#NUMBERS], 0 when there is no such tensor.
    public int numbers() {
        return of(FittedColumn.Numbers.class).stream()
                .mapToInt(FittedColumn.Numbers::width)
                .sum();
    }

    /// The columns behind [#CATEGORIES], in order.
    public List<FittedColumn.Index> indexes() {
        return of(FittedColumn.Index.class);
    }

    @Override
    public List<Declared> tensors() {
        List<Declared> tensors = new ArrayList<>();
        if (numbers() > 0) {
            tensors.add(new Declared(NUMBERS, Type.FLOAT, List.of(-1L, (long) numbers())));
        }
        if (!indexes().isEmpty()) {
            tensors.add(new Declared(
                    CATEGORIES, Type.INT64, List.of(-1L, (long) indexes().size())));
        }
        of(FittedColumn.Own.class).forEach(column -> tensors.addAll(column.tensors()));
        return tensors;
    }

    @Override
    public NamedTensors encode(List<Map<String, String>> rows) {
        Map<String, Values> tensors = new LinkedHashMap<>();
        if (numbers() > 0) {
            tensors.put(NUMBERS, numbers(rows));
        }
        if (!indexes().isEmpty()) {
            tensors.put(CATEGORIES, categories(rows));
        }
        for (FittedColumn.Own column : of(FittedColumn.Own.class)) {
            List<Values> encoded = column.encode(
                    rows.stream().map(row -> value(column.name(), row)).toList());
            for (int i = 0; i < encoded.size(); i++) {
                tensors.put(column.tensors().get(i).name(), encoded.get(i));
            }
        }
        return new NamedTensors(rows.size(), tensors);
    }

    private Floats numbers(List<Map<String, String>> rows) {
        int width = numbers();
        float[] values = new float[Math.multiplyExact(rows.size(), width)];
        int at = 0;
        List<FittedColumn.Numbers> read = of(FittedColumn.Numbers.class);
        for (Map<String, String> row : rows) {
            for (FittedColumn.Numbers column : read) {
                column.fill(value(column.name(), row), values, at);
                at += column.width();
            }
        }
        return new Floats(values, rows.size(), width);
    }

    private Longs categories(List<Map<String, String>> rows) {
        List<FittedColumn.Index> read = indexes();
        long[] values = new long[Math.multiplyExact(rows.size(), read.size())];
        int at = 0;
        for (Map<String, String> row : rows) {
            for (FittedColumn.Index column : read) {
                values[at++] = column.index(value(column.name(), row));
            }
        }
        return new Longs(values, rows.size(), read.size());
    }

    @Override
    public Map<String, String> example() {
        Map<String, String> row = new LinkedHashMap<>();
        columns.forEach(column -> row.put(column.name(), column.example()));
        return row;
    }

    @Override
    public void write(Path folder) {
        FeaturesFile.write(this, folder);
    }

    private <C extends FittedColumn> List<C> of(Class<C> kind) {
        return columns.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /// A fused model answers without a text or a picture, so its key may be absent like its value; but a key that is
    /// no column's is taken for that column's name with a slip in it.
    private boolean mayBeLeftOut(String column, Map<String, String> row) {
        return columns.stream()
                        .filter(known -> known.name().equals(column))
                        .anyMatch(known -> known instanceof NgramColumn || known instanceof OptionalImageColumn)
                && row.keySet().stream()
                        .allMatch(key ->
                                columns.stream().anyMatch(known -> known.name().equals(key)));
    }

    private String value(String column, Map<String, String> row) {
        String value = row.get(column);
        if (value == null && mayBeLeftOut(column, row)) {
            return "";
        }
        if (value == null) {
            throw new ProblemException(Nearest.remedy(
                    Problem.of("input.missing_column", "The input has no '" + column + "'"), column, row.keySet()));
        }
        return missing.contains(value.strip()) ? "" : value;
    }
}
