package dev.sampan.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampan.kernel.ProblemException;
import dev.sampan.model.DecisionThreshold;
import dev.sampan.model.ModelPackage;
import dev.sampan.model.PackageDraft;
import dev.sampan.testing.ModelFixtures;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecisionThresholdTests {
    private static final List<String> LABELS = List.of("no", "yes");
    private static final List<Map<String, String>> ASKED =
            List.of(Map.of(ModelFixtures.COLUMN, "parcel parcel parcel"));

    @TempDir
    Path folder;

    private ModelPackage with(Object threshold) {
        ModelPackage plain = ModelFixtures.aTinyPackage(folder.resolve("plain"), LABELS, ModelFixtures.WORDS);
        try (PackageDraft draft = PackageDraft.copyOf(plain, folder.resolve("decided"), false)) {
            return draft.commit(plain.manifest().withResults(Map.of(DecisionThreshold.RESULT, threshold)));
        }
    }

    private static Prediction.Category asked(ModelPackage model) {
        try (Runtime runtime = Runtimes.open(model, 1, 8)) {
            return runtime.predict(ASKED).getFirst().category();
        }
    }

    @Test
    void theThresholdInThePackageDecidesAndTheAnswerSaysSo() {
        ModelPackage always = with(new DecisionThreshold("yes", 0).toTree());
        ModelPackage plain = ModelPackage.open(folder.resolve("plain"));
        Prediction.Category highest = asked(plain);
        String other = LABELS.get(1 - LABELS.indexOf(highest.label()));
        Prediction.Category decided = asked(always).decided(new DecisionThreshold(other, 0), LABELS);

        assertThat(asked(always).label()).isEqualTo("yes");
        assertThat(decided.label()).isEqualTo(other);
        assertThat(decided.score()).isLessThan(highest.score());
        assertThat(decided.scores()).isEqualTo(highest.scores());
        assertThat(asked(always).toTree(LABELS)).containsEntry("threshold", Map.of("positive", "yes", "value", 0.0));
        assertThat(highest.toTree(LABELS)).doesNotContainKey("threshold");
    }

    @Test
    void aScoreThatReachesTheThresholdIsAYes() {
        DecisionThreshold threshold = new DecisionThreshold("yes", 0.25);

        assertThat(threshold.decide(LABELS, new float[] {0.75f, 0.25f})).isEqualTo(1);
        assertThat(threshold.decide(LABELS, new float[] {0.76f, 0.24f})).isZero();
        assertThat(new DecisionThreshold("no", 1.01).decide(LABELS, new float[] {1, 0}))
                .isEqualTo(1);
    }

    @Test
    void aThresholdOfOtherLabelsIsACorruptPackage() {
        assertThatThrownBy(() -> with(Map.of("positive", "maybe", "value", 0.5)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("does not fit its two labels");
    }
}
