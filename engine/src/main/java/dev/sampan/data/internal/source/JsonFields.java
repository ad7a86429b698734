package dev.sampan.data.internal.source;

import dev.sampan.kernel.Json;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// The fields of one JSON object as texts. Numbers and truth values are read as they are written; null is the
/// empty text; a list or an object is kept as JSON where the column may hold one.
final class JsonFields {
    /// Characters of one object: as long as one row of a CSV file may be.
    static final int LENGTH_MAX = 4 * CsvRows.FIELD_MAX;

    private final @Nullable Set<String> wanted;
    private final Predicate<String> nested;
    private final Set<String> seen = new LinkedHashSet<>();
    private boolean looking = true;

    /// @param wanted columns to read; null for all
    JsonFields(@Nullable List<String> wanted, Predicate<String> nested) {
        this.wanted = wanted == null ? null : Set.copyOf(wanted);
        this.nested = nested;
    }

    /// Names of the fields met until [#stopLooking], in the order in which they came up.
    List<String> seen() {
        return List.copyOf(seen);
    }

    void stopLooking() {
        looking = false;
    }

    /// @param parser stands on the object's beginning; afterwards on its end
    Map<String, String> read(JsonParser parser, String origin) {
        Map<String, String> values = new HashMap<>();
        long length = 0;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            if (looking) {
                seen.add(name);
            }
            if (wanted == null || wanted.contains(name)) {
                String value = value(parser, token, name, origin);
                length += value.length();
                values.put(name, value);
            } else {
                parser.skipChildren();
            }
            if (length > LENGTH_MAX) {
                throw tooLong(origin);
            }
        }
        return values;
    }

    static ProblemException tooLong(String origin) {
        return new ProblemException(
                Problem.of("data.bad_json", "This object is longer than " + LENGTH_MAX + " characters")
                        .at(origin));
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
}
