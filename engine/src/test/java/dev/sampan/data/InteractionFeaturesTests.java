package dev.sampan.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampan.data.NamedTensors.Floats;
import dev.sampan.kernel.ProblemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InteractionFeaturesTests {
    private final InteractionFeatures features = new InteractionFeatures(
            "customer",
            "thing",
            List.of("li", "wang"),
            new int[][] {{0, 2}, {1}},
            new Target.Items(List.of("tea", "cup", "pot"), 2));

    @TempDir
    Path folder;

    private static float[] history(Features features, Map<String, String> row) {
        NamedTensors.Values values = features.encode(List.of(row)).tensors().get(InteractionFeatures.HISTORY);
        return ((Floats) Objects.requireNonNull(values)).values();
    }

    @Test
    void aUserStandsForItsHistoryAndAStrangerForNone() {
        assertThat(history(features, Map.of("customer", "li"))).containsExactly(1, 0, 1);
        assertThat(history(features, Map.of("customer", "nobody"))).containsExactly(0, 0, 0);
    }

    @Test
    void aRowMayBringItsOwnHistoryAsJsonOrWithCommas() {
        assertThat(history(features, Map.of("items", "[\"cup\", \"unknown\"]"))).containsExactly(0, 1, 0);
        assertThat(history(features, Map.of("items", "tea, pot"))).containsExactly(1, 0, 1);
    }

    @Test
    void aRowWithNeitherIsRefusedWithTheColumnsName() {
        assertThatThrownBy(() -> features.encode(List.of(Map.of("custmer", "li"))))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problems().getFirst().line())
                                .contains("'customer'")
                                .contains("items"));
    }

    @Test
    void isReadAsItWasWritten() {
        features.write(folder);
        Features read = Features.read(folder);
        assertThat(read.target()).isEqualTo(features.target());
        assertThat(read.inputs()).containsExactly("customer");
        assertThat(history(read, Map.of("customer", "wang"))).containsExactly(0, 1, 0);
    }
}
