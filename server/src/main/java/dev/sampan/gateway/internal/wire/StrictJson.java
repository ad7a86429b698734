package dev.sampan.gateway.internal.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// JSON from outside, with limits on depth and on the length of numbers and names.
public final class StrictJson {
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(64)
                            .maxNumberLength(200)
                            .maxNameLength(1000)
                            .maxStringLength(64 << 20)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private StrictJson() {}

    /// A caller's body.
    public static ObjectNode object(byte[] body) throws BadBody {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            if (MAPPER.readTree(text) instanceof ObjectNode object) {
                return object;
            }
            throw new BadBody(ApiError.badBody("The request body must be a JSON object."));
        } catch (CharacterCodingException _) {
            throw new BadBody(ApiError.badBody("The request body is not valid UTF-8."));
        } catch (JacksonException e) {
            throw new BadBody(ApiError.badBody("The request body is not valid JSON" + place(e) + "."));
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

    public static JsonNode missing() {
        return MAPPER.missingNode();
    }

    static ObjectNode empty() {
        return MAPPER.createObjectNode();
    }

    public static byte[] bytes(JsonNode node) {
        return MAPPER.writeValueAsBytes(node);
    }

    private static String place(JacksonException e) {
        return e.getLocation() == null
                ? ""
                : " (line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ")";
    }
}
