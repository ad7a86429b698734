package dev.sampan.data.internal.source;

import dev.sampan.kernel.Json;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// JSON objects, one on each line (`.jsonl`, `.ndjson`).
final class LineObjects implements ObjectRows.Objects {
    private final String name;
    private final Lines lines;
    private final JsonFields fields;

    LineObjects(String name, Lines lines, JsonFields fields) {
        this.name = name;
        this.lines = lines;
        this.fields = fields;
    }

    @Override
    public ObjectRows.@Nullable Parsed next() throws IOException {
        String json = lines.next();
        while (json != null && json.isBlank()) {
            json = lines.next();
        }
        if (json == null) {
            return null;
        }
        String origin = name + " line " + lines.number();
        try (JsonParser parser = Json.MAPPER.createParser(json)) {
            return new ObjectRows.Parsed(lines.number(), object(parser, origin));
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
        Map<String, String> values = fields.read(parser, origin);
        if (parser.nextToken() != null) {
            throw new ProblemException(Problem.of("data.bad_json", "More than one JSON value stands on this line")
                    .at(origin));
        }
        return values;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
