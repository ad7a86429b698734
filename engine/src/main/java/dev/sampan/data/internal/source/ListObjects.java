package dev.sampan.data.internal.source;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/// The objects of one JSON list: `[{"text": "…"}, …]`, over as many lines as it takes.
final class ListObjects implements ObjectRows.Objects {
    /// A text that never ends must not fill the memory.
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(JsonFields.LENGTH_MAX)
                            .build())
                    .build())
            .build();

    private final String name;
    private final JsonParser parser;
    private final JsonFields fields;
    private boolean begun;
    private boolean ended;

    ListObjects(String name, Reader reader, JsonFields fields) {
        this.name = name;
        this.parser = MAPPER.createParser(reader);
        this.fields = fields;
    }

    @Override
    public ObjectRows.@Nullable Parsed next() {
        if (ended) {
            return null;
        }
        try {
            if (!begun) {
                begun = true;
                require(parser.nextToken() == JsonToken.START_ARRAY, "This is no JSON list of objects");
            }
            JsonToken token = parser.nextToken();
            if (token == JsonToken.END_ARRAY) {
                require(parser.nextToken() == null, "Something stands after the JSON list");
                ended = true;
                return null;
            }
            require(token == JsonToken.START_OBJECT, "The list holds something else than JSON objects here");
            long line = parser.currentTokenLocation().getLineNr();
            return new ObjectRows.Parsed(line, fields.read(parser, name + " line " + line));
        } catch (JacksonException e) {
            long line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw new ProblemException(
                    Problem.of("data.bad_json", "The JSON breaks off or goes wrong here")
                            .at(name + " line " + line),
                    e);
        }
    }

    private void require(boolean holds, String sentence) {
        if (!holds) {
            long line = parser.currentTokenLocation().getLineNr();
            throw new ProblemException(Problem.of("data.bad_json", sentence).at(name + " line " + Math.max(1, line)));
        }
    }

    @Override
    public void close() {
        parser.close();
    }
}
