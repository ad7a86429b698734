package dev.sampan.data.internal.source;

import dev.sampan.data.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// Parses the next rows on a thread of its own while the last ones are worked on; order, places and mistakes are
/// those of the rows themselves. Two batches of bounded size are in memory, however long the file is.
final class ReadAhead implements SourceRows {
    private static final int ROWS_MAX = 1024;
    private static final int CHARACTERS_MAX = 1 << 20;

    private static final class Batch {
        final List<List<String>> rows = new ArrayList<>(ROWS_MAX);
        long[] lines = new long[ROWS_MAX];
        boolean last;
    }

    private final SourceRows rows;
    private final LongFunction<String> place;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("rows").daemon().factory());
    private @Nullable Batch batch;
    private @Nullable Future<Batch> next;
    private int at;
    private long line;

    /// @param place as [RowSource#place]
    ReadAhead(SourceRows rows, LongFunction<String> place) {
        this.rows = rows;
        this.place = place;
        this.line = rows.line();
    }

    private Batch read() throws IOException {
        Batch read = new Batch();
        long characters = 0;
        while (read.rows.size() < ROWS_MAX && characters < CHARACTERS_MAX) {
            List<String> values = rows.values();
            if (values == null) {
                read.last = true;
                break;
            }
            read.lines[read.rows.size()] = rows.line();
            read.rows.add(values);
            for (int i = 0; i < values.size(); i++) {
                characters += values.get(i).length();
            }
        }
        return read;
    }

    @Override
    public @Nullable List<String> values() throws IOException {
        Batch now = batch;
        while (now == null || at == now.rows.size()) {
            if (now != null && now.last) {
                return null;
            }
            now = advance();
        }
        line = now.lines[at];
        return now.rows.get(at++);
    }

    private Batch advance() throws IOException {
        Future<Batch> coming = next == null ? thread.submit(this::read) : next;
        Batch now = Elsewhere.result(coming, "reading");
        next = now.last ? null : thread.submit(this::read);
        batch = now;
        at = 0;
        return now;
    }

    @Override
    public @Nullable Row next() throws IOException {
        List<String> values = values();
        return values == null ? null : new Row(place.apply(line), values);
    }

    @Override
    public List<String> columns() {
        return rows.columns();
    }

    @Override
    public long line() {
        return line;
    }

    @Override
    public void close() throws IOException {
        thread.close(); // waits for the batch that is being read, then closes what it is read from
        rows.close();
    }
}
