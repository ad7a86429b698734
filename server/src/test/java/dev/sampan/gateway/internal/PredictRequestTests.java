package dev.sampan.gateway.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampan.gateway.internal.wire.BadBody;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PredictRequestTests {
    private static List<Map<String, String>> inputs(String json) throws BadBody {
        return PredictRequest.read(json.getBytes(StandardCharsets.UTF_8)).inputs();
    }

    @Test
    void aRowsNumbersTruthsGapsAndListsBecomeTheTextsThatColumnsHold() throws BadBody {
        assertThat(inputs("{\"inputs\":[{\"age\":39,\"rate\":1.50,\"new\":true,\"note\":null,\"seen\":[\"a\",2.5]}]}"))
                .containsExactly(Map.of("age", "39", "rate", "1.50", "new", "true", "note", "", "seen", "[\"a\",2.5]"));
    }

    @Test
    void aSeriesWithNothingToSayIsAnEmptyRow() throws BadBody {
        assertThat(inputs("{\"inputs\":[{}]}")).containsExactly(Map.of());
    }

    @Test
    void anObjectInARowAndAListOfListsAreRefusedWithTheirPlace() {
        assertThatThrownBy(() -> inputs("{\"inputs\":[{\"a\":{\"b\":1}}]}")).hasMessageContaining("inputs[0].a");
        assertThatThrownBy(() -> inputs("{\"inputs\":[{\"a\":[[1]]}]}")).hasMessageContaining("inputs[0].a");
    }
}
