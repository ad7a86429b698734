package dev.sampan.data.internal.source;

import dev.sampan.data.Row;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Rows of JSON objects, one on each line. Numbers and truth values are read as they are written; null and an
/// absent key are the empty text. The columns are the keys of the first lines; a key that comes up later is
/// passed over.
final class JsonlRows implements SourceRows {
    private static final int LOOK_AHEAD = 256;

    private record Parsed(long line, Map<String, String> values) {}

    private final SourceText text;
    private final Lines lines;
    private final Predicate<String> nested;
    private final @Nullable Set<String> wanted;
    private final Set<String> seen = new LinkedHashSet<>();
    private final List<String> columns;
    private final Deque<Parsed> ahead = new ArrayDeque<>();
    private boolean looking = true;
    private long line;

    private JsonlRows(SourceText text, Lines lines, Predicate<String> nested, @Nullable List<String> wanted)
            throws IOException {
        this.text = text;
        this.lines = lines;
        this.nested = nested;
        this.wanted = wanted == null ? null : Set.copyOf(wanted);
        for (Parsed row = parse(); row != null; row = ahead.size() < LOOK_AHEAD ? parse() : null) {
            ahead.add(row);
        }
        looking = false;
        if (ahead.isEmpty()) {
            throw new ProblemException(
                    Problem.of("data.empty", "There is no row in the file").at(text.name()));
        }
        if (wanted != null) {
            Rows.indices(text, List.copyOf(seen), wanted);
        }
        columns = wanted == null ? List.copyOf(seen) : List.copyOf(wanted);
    }

    static JsonlRows open(SourceText text, Predicate<String> nested, @Nullable List<String> wanted, LongConsumer read) {
        try {
            Lines lines = new Lines(text.open(read), text.name());
            try {
                return new JsonlRows(text, lines, nested, wanted);
            } catch (ProblemException e) {
                lines.close();
                throw e;
            }
        } catch (IOException e) {
            throw IoProblems.reading(text.file(), e);
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
            Parsed row = ahead.isEmpty() ? parse() : ahead.poll();
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

    private @Nullable Parsed parse() throws IOException {
        String json = lines.next();
        while (json != null && json.isBlank()) {
            json = lines.next();
        }
        if (json == null) {
            return null;
        }
        String origin = text.name() + " line " + lines.number();
        try (JsonParser parser = Json.MAPPER.createParser(json)) {
            return new Parsed(lines.number(), object(parser, origin));
        } catch (JacksonException e) {
            int column = e.getLocation() == null ? 1 : e.getLocation().getColumnNr();
            throw new ProblemException(
                    Problem.of(
                                    "data.bad_json",
                                    "This line is no JSON object: it breaks off or goes wrong at column " + column)
                            .at(origin),
                    e);
        }
    }

    private Map<String, String> object(JsonParser parser, String origin) {
        JsonToken first = parser.nextToken();
        if (first != JsonToken.START_OBJECT) {
            throw new ProblemException(Problem.of(
                            "data.bad_json",
                            first == JsonToken.START_ARRAY
                                    ? "This is a JSON list, where each line should be one JSON object"
                                    : "This line is no JSON object")
                    .at(origin));
        }
        Map<String, String> values = new HashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            if (looking) {
                seen.add(name);
            }
            if (wanted == null || wanted.contains(name)) {
                values.put(name, value(parser, token, name, origin));
            } else {
                parser.skipChildren();
            }
        }
        if (parser.nextToken() != null) {
            throw new ProblemException(Problem.of("data.bad_json", "More than one JSON value stands on this line")
                    .at(origin));
        }
        return values;
    }

    private String value(JsonParser parser, JsonToken token, String name, String origin) {
        if (token == JsonToken.VALUE_NULL) {
            return "";
        }
        if (!token.isStructStart()) {
            return parser.getString();
        }
        if (!nested.test(name)) {
            throw new ProblemException(Problem.of(
                            "data.bad_json",
                            "'" + name + "' holds a list or an object, where one text, number or truth value is read")
                    .at(origin));
        }
        StringWriter json = new StringWriter();
        try (JsonGenerator generator = Json.MAPPER.createGenerator(json)) {
            generator.copyCurrentStructure(parser);
        }
        return json.toString();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
