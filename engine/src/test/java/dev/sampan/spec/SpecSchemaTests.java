package dev.sampan.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampan.kernel.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SpecSchemaTests {
    private static final Path PUBLISHED = Path.of("..", "docs", "sampan.schema.json");

    /// After a change of a key: run with `-Dsampan.schema.write=true`, and commit the file.
    @Test
    void thePublishedSchemaIsTheOneTheReaderFollows() throws IOException {
        if (Boolean.getBoolean("sampan.schema.write")) {
            Files.writeString(PUBLISHED, Specs.jsonSchema());
        }
        assertThat(PUBLISHED).content().isEqualTo(Specs.jsonSchema());
    }

    @Test
    void tellsRangesDefaultsAndWhatEachKeyMeans() {
        JsonNode schema = Json.read(Specs.jsonSchema(), JsonNode.class);
        JsonNode rate = schema.at("/properties/train/properties/learning_rate");
        assertThat(rate.at("/type").asString()).isEqualTo("number");
        assertThat(rate.at("/exclusiveMinimum").asDouble()).isZero();
        assertThat(rate.at("/maximum").asDouble()).isEqualTo(1);
        assertThat(rate.at("/default").asDouble()).isEqualTo(0.002);
        assertThat(rate.at("/description").asString()).isEqualTo("The optimiser's step size, at its largest");
        assertThat(schema.at("/required").toString()).isEqualTo("[\"name\",\"task\",\"data\"]");
        assertThat(schema.at("/additionalProperties").asBoolean()).isFalse();
    }

    @Test
    void everyKeySaysWhatItMeans() {
        assertThat(undescribed(Json.read(Specs.jsonSchema(), JsonNode.class))).isZero();
    }

    /// Properties without a description; a metric of a gate needs none.
    private static int undescribed(JsonNode node) {
        int missing = 0;
        for (JsonNode child : node) {
            missing += undescribed(child);
        }
        JsonNode properties = node.path("properties");
        if (properties.isObject()
                && !properties.has("accuracy")
                && node.path("required").size() != 1) {
            for (JsonNode property : properties) {
                missing += property.has("description") ? 0 : 1;
            }
        }
        return missing;
    }
}
