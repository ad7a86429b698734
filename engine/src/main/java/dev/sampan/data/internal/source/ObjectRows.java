package dev.sampan.data.internal.source;

import dev.sampan.data.Row;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Rows of JSON objects. The columns are the keys of the first objects; a key that comes up later is passed
/// over, an absent one is the empty text.
final class ObjectRows implements SourceRows {
    private static final int LOOK_AHEAD = 256;

    /// One object after another.
    interface Objects extends AutoCloseable {
        /// null after the last.
        @Nullable
        Parsed next() throws IOException;

        @Override
        void close() throws IOException;
    }

    /// @param line where the object begins
    record Parsed(long line, Map<String, String> values) {}

    private final SourceText text;
    private final Objects objects;
    private final List<String> columns;
    private final Deque<Parsed> ahead = new ArrayDeque<>();
    private long line;

    private ObjectRows(SourceText text, Objects objects, JsonFields fields, @Nullable List<String> wanted)
            throws IOException {
        this.text = text;
        this.objects = objects;
        for (Parsed row = objects.next(); row != null; row = ahead.size() < LOOK_AHEAD ? objects.next() : null) {
            ahead.add(row);
        }
        fields.stopLooking();
        if (ahead.isEmpty()) {
            throw new ProblemException(
                    Problem.of("data.empty", "There is no row in the file").at(text.name()));
        }
        if (wanted != null) {
            Rows.indices(text.name(), fields.seen(), wanted);
        }
        columns = wanted == null ? fields.seen() : List.copyOf(wanted);
    }

    /// Closes the objects when there is no first row.
    static ObjectRows of(SourceText text, Objects objects, JsonFields fields, @Nullable List<String> wanted)
            throws IOException {
        try {
            return new ObjectRows(text, objects, fields, wanted);
        } catch (IOException | RuntimeException e) {
            objects.close();
            throw e;
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
        try {
            Parsed row = ahead.isEmpty() ? objects.next() : ahead.poll();
            if (row == null) {
                return null;
            }
            line = row.line();
            List<String> values = columns.stream()
                    .map(column -> row.values().getOrDefault(column, ""))
                    .toList();
            return new Row(text.name() + " line " + line, values);
        } catch (IOException e) {
            throw IoProblems.reading(text.file(), e);
        }
    }

    @Override
    public void close() throws IOException {
        objects.close();
    }
}
