package dev.sampan.cli;

import dev.sampan.data.Row;
import dev.sampan.data.RowReader;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/// Which column a model would read and which it would answer, from the first rows: the text is the column with the
/// longest values; the label one with few values that come again, a usual name before others.
///
/// @param text name of the column
/// @param label name of the column
record GuessedColumns(String text, String label) {
    private static final int ROWS_LOOKED_AT = 500;
    private static final Set<String> USUAL_LABELS = Set.of(
            "label",
            "labels",
            "intent",
            "category",
            "class",
            "target",
            "sentiment",
            "topic",
            "y",
            "标签",
            "类别",
            "意图",
            "分类",
            "情感",
            "主题");

    /// What a column holds.
    private static final class Column {
        private final String name;
        private final Set<String> values = new HashSet<>();
        private long letters;
        private long rows;

        Column(String name) {
            this.name = name;
        }

        void see(String value) {
            values.add(value);
            letters += value.codePointCount(0, value.length());
            rows++;
        }

        double meanLength() {
            return rows == 0 ? 0 : (double) letters / rows;
        }

        boolean mayBeLabel() {
            return values.size() >= 2 && values.size() <= rows / 2;
        }

        boolean isUsual() {
            return USUAL_LABELS.contains(name.strip().toLowerCase(Locale.ROOT));
        }
    }

    /// @param text said by the caller, else guessed
    /// @param label said by the caller, else guessed
    /// @throws ProblemException `init.no_label` when nothing looks like one, `init.one_column`
    static GuessedColumns of(RowReader rows, Optional<String> text, Optional<String> label) throws IOException {
        List<Column> columns = rows.columns().stream().map(Column::new).toList();
        Row row = rows.next();
        for (int i = 0; row != null && i < ROWS_LOOKED_AT; i++, row = rows.next()) {
            List<String> values = row.values();
            IntStream.range(0, columns.size()).forEach(c -> columns.get(c).see(values.get(c)));
        }
        if (columns.size() < 2) {
            throw new ProblemException(Problem.of("init.one_column", "The data has one column: " + rows.columns())
                    .remedy("A text and its label stand in two"));
        }
        String answered = label.orElseGet(() -> label(columns, text));
        String read = text.orElseGet(() -> columns.stream()
                .filter(column -> !column.name.equals(answered))
                .max(Comparator.comparingDouble(Column::meanLength))
                .orElseThrow()
                .name);
        return new GuessedColumns(read, answered);
    }

    /// The longest values are the text's, so that column is no label, however few its values are.
    private static String label(List<Column> columns, Optional<String> text) {
        List<Column> others = new ArrayList<>(columns);
        Optional<Column> usual = columns.stream()
                .filter(Column::isUsual)
                .filter(column -> !text.equals(Optional.of(column.name)))
                .findFirst();
        if (usual.isPresent()) {
            return usual.get().name;
        }
        others.remove(columns.stream()
                .filter(column -> text.isEmpty() || column.name.equals(text.get()))
                .max(Comparator.comparingDouble(Column::meanLength))
                .orElseThrow());
        return others.stream()
                .filter(Column::mayBeLabel)
                .min(Comparator.comparingInt((Column column) -> column.values.size()))
                .orElseThrow(() -> new ProblemException(Problem.of(
                                "init.no_label",
                                "No column looks like a label: of "
                                        + columns.stream()
                                                .map(column -> column.name)
                                                .toList()
                                        + " none has a few values that come again")
                        .remedy("Name it: --label COLUMN")))
                .name;
    }
}
