package dev.sampan.data.internal.source;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.sampan.data.Row;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.spec.SourceSpec;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// Rows of comma- or tab-separated text by RFC 4180: the first line names the columns unless the specification
/// does, quoted fields may hold line breaks, empty lines are passed over. A `.csv` whose header has no comma
/// but a semicolon or a tab is read by that, which is how spreadsheets of half of Europe save it.
final class CsvRows implements SourceRows {
    /// Longest field in characters; more is an unclosed quote far oftener than a text.
    static final int FIELD_MAX = 4 << 20;

    private final SourceText text;
    private final CloseableIterator<CsvRecord> records;
    private final List<String> columns;
    private final int width;
    private final boolean named;
    private final int @Nullable [] chosen;
    private long line = 1;

    private CsvRows(
            SourceText text, CloseableIterator<CsvRecord> records, List<String> given, @Nullable List<String> wanted) {
        this.text = text;
        this.records = records;
        this.named = !given.isEmpty();
        List<String> names = given.isEmpty() ? header() : given;
        refuseRepeated(names);
        this.width = names.size();
        this.chosen = wanted == null ? null : Rows.indices(text.name(), names, wanted);
        this.columns = wanted == null ? names : List.copyOf(wanted);
        if (!hasNext()) {
            Problem problem = given.isEmpty()
                    ? Problem.of("data.header_only", "There is a header but no row under it")
                    : Problem.of("data.empty", "There is no row in the file");
            throw new ProblemException(problem.at(text.name()));
        }
    }

    private List<String> header() {
        CsvRecord header = read();
        if (header == null) {
            throw new ProblemException(Problem.of("data.empty", "There is no header and no row in the file")
                    .at(text.name()));
        }
        return header.getFields().stream()
                .map(name -> name.strip().replace("\0", ""))
                .toList();
    }

    static CsvRows open(SourceText text, SourceSpec spec, @Nullable List<String> wanted, LongConsumer read) {
        try {
            char separator = spec.delimiter() == null ? separator(text) : spec.delimiter();
            Reader reader = text.open(read);
            CloseableIterator<CsvRecord> records = parser(reader, separator).iterator();
            try {
                return new CsvRows(text, records, spec.columns(), wanted);
            } catch (ProblemException e) {
                records.close();
                throw e;
            }
        } catch (IOException e) {
            throw IoProblems.reading(text.file(), e);
        }
    }

    static CsvReader<CsvRecord> parser(Reader reader, char separator) {
        return CsvReader.builder()
                .fieldSeparator(separator)
                .allowUnclosedQuote(false)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE) // counted here, to name both counts
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .maxBufferSize(2 * FIELD_MAX)
                .build(
                        CsvRecordHandler.builder()
                                .maxFieldSize(FIELD_MAX)
                                .maxRecordSize(4 * FIELD_MAX)
                                .build(),
                        reader);
    }

    private static char separator(SourceText text) throws IOException {
        String name = text.name().toLowerCase(Locale.ROOT);
        if (name.endsWith(".tsv") || name.endsWith(".tab")) {
            return '\t';
        }
        char[] head = new char[1 << 13];
        int length;
        try (Reader reader = text.open(_ -> {})) {
            length = Math.max(0, reader.read(head));
        }
        String header = new String(head, 0, length).lines().findFirst().orElse("");
        if (header.indexOf(',') >= 0) {
            return ',';
        }
        return header.indexOf(';') >= 0 ? ';' : header.indexOf('\t') >= 0 ? '\t' : ',';
    }

    private void refuseRepeated(List<String> names) {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!name.isEmpty() && !seen.add(name)) {
                throw new ProblemException(Problem.of("data.repeated_column", "Two columns are named '" + name + "'")
                        .at(text.name() + " line " + line));
            }
        }
    }

    @Override
    public List<String> columns() {
        return columns;
    }

    @Override
    public long line() {
        return line;
    }

    @Override
    public @Nullable Row next() {
        List<String> values = values();
        return values == null ? null : new Row(origin(), values);
    }

    private String origin() {
        return text.name() + " line " + line;
    }

    @Override
    public @Nullable List<String> values() {
        CsvRecord found = read();
        if (found == null) {
            return null;
        }
        if (found.getFieldCount() != width) {
            throw new ProblemException(Problem.of(
                            "data.ragged_row",
                            "This row has " + found.getFieldCount()
                                    + (found.getFieldCount() == 1 ? " field" : " fields") + ", "
                                    + (named ? "there are names for " : "the header has ") + width)
                    .at(origin())
                    .remedy("Put a field that holds the separator or a line break in quotes"));
        }
        if (chosen == null) {
            return found.getFields();
        }
        String[] values = new String[chosen.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = found.getField(chosen[i]);
        }
        return Arrays.asList(values);
    }

    private @Nullable CsvRecord read() {
        if (!hasNext()) {
            return null;
        }
        CsvRecord found = records.next();
        line = found.getStartingLineNumber();
        return found;
    }

    private boolean hasNext() {
        try {
            return records.hasNext();
        } catch (CsvParseException e) {
            throw new ProblemException(
                    Problem.of(
                                    "data.bad_csv",
                                    "The row after this cannot be read: a quote is not closed, has text after it, or a"
                                            + " field is longer than " + FIELD_MAX + " characters")
                            .at(text.name() + " line " + line),
                    e);
        } catch (UncheckedIOException e) {
            throw IoProblems.reading(text.file(), IoProblems.unwrap(e));
        }
    }

    @Override
    public void close() throws IOException {
        records.close();
    }
}
