package dev.sampan.gateway.internal.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// JSON from outside, with limits on depth and on the length of numbers and names.
public final class StrictJson {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(64)
                    .maxNumberLength(200)
                    .maxNameLength(1000)
                    .maxStringLength(64 << 20)
                    .build())
            .build();

    private static final JsonMapper MAPPER = JsonMapper.builder(FACTORY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private StrictJson() {}

    /// A caller's body.
    public static ObjectNode object(byte[] body) throws BadBody {
        try {
            if (MAPPER.readTree(text(body)) instanceof ObjectNode object) {
                return object;
            }
            throw new BadBody(ApiError.badBody("The request body must be a JSON object."));
        } catch (JacksonException e) {
            throw new BadBody(ApiError.badBody("The request body is not valid JSON" + place(e) + "."));
        }
    }

    /// The same, token by token.
    public static JsonParser tokens(byte[] body) throws BadBody {
        return FACTORY.createParser(ObjectReadContext.empty(), text(body));
    }

    private static String text(byte[] body) throws BadBody {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException _) {
            throw new BadBody(ApiError.badBody("The request body is not valid UTF-8."));
        }
    }

    /// What a supplier sent; null when it is no JSON object.
    public static @Nullable ObjectNode objectOrNull(String text) {
        try {
            JsonNode node = MAPPER.readTree(text);
            return node instanceof ObjectNode object ? object : null;
        } catch (JacksonException _) {
            return null;
        }
    }

    /// A constant of ours.
    static JsonNode parse(String json) {
        return MAPPER.readTree(json);
    }

    public static JsonNode missing() {
        return MAPPER.missingNode();
    }

    public static ObjectNode empty() {
        return MAPPER.createObjectNode();
    }

    public static byte[] bytes(JsonNode node) {
        return MAPPER.writeValueAsBytes(node);
    }

    /// ` (line 3, column 7)`, or nothing where it is not known.
    public static String place(JacksonException e) {
        return e.getLocation() == null
                ? ""
                : " (line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ")";
    }
}
