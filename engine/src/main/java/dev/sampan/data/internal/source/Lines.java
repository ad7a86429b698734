package dev.sampan.data.internal.source;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/// Lines of bounded length: the JDK's `readLine` would hold a whole file that has no line break.
final class Lines implements AutoCloseable {
    private static final int LINE_MAX = 4 * CsvRows.FIELD_MAX;

    private final Reader reader;
    private final String name;
    private final char[] buffer = new char[1 << 15];
    private final StringBuilder carried = new StringBuilder();
    private int position;
    private int limit;
    private long number;

    Lines(Reader reader, String name) {
        this.reader = reader;
        this.name = name;
    }

    /// Number of the line last returned, from 1.
    long number() {
        return number;
    }

    /// Without its line break; null after the last. A carriage return before the break is white space to JSON.
    @Nullable
    String next() throws IOException {
        carried.setLength(0);
        boolean any = false;
        while (position < limit || fill()) {
            any = true;
            int from = position;
            while (position < limit && buffer[position] != '\n') {
                position++;
            }
            carried.append(buffer, from, position - from);
            if (position < limit) {
                position++;
                number++;
                return carried.toString();
            }
            refuseEndless();
        }
        number += any ? 1 : 0;
        return any ? carried.toString() : null;
    }

    private void refuseEndless() {
        if (carried.length() > LINE_MAX) {
            throw new ProblemException(
                    Problem.of("data.bad_json", "This line is longer than " + LINE_MAX + " characters")
                            .at(name + " line " + (number + 1))
                            .remedy("Write one JSON object on each line"));
        }
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = Math.max(0, reader.read(buffer));
        return limit > 0;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
