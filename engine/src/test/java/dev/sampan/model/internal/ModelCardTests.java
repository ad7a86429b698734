package dev.sampan.model.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampan.data.Provenance;
import dev.sampan.data.TokenFeatures;
import dev.sampan.model.Manifest;
import dev.sampan.spec.ModelSpec;
import dev.sampan.testing.ModelFixtures;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ModelCardTests {
    @Test
    void saysUnderWhichLicenceTheDataMayBeUsedInBothLanguages() {
        assertThat(card("CC-BY-4.0"))
                .contains("Data set version `", "`. Its licence: CC-BY-4.0.\n")
                .contains("`。许可：CC-BY-4.0。\n");
    }

    @Test
    void aLicenceThatIsASentenceStaysOnItsLine() {
        assertThat(card("Ours.\n# Not a heading |")).contains("Its licence: Ours. # Not a heading.\n");
    }

    @Test
    void saysSoWhenTheDataCameWithoutALicence() {
        assertThat(card(null)).contains("Its licence: not stated.\n").contains("许可：未说明。\n");
    }

    private static String card(@Nullable String licence) {
        Manifest tiny = ModelFixtures.aManifest(ModelFixtures.LABELS);
        Manifest manifest = new Manifest(
                tiny.name(),
                tiny.architecture(),
                tiny.createdAt(),
                tiny.spec(),
                tiny.dataset(),
                new Provenance(tiny.provenance().sources(), licence),
                tiny.labelCounts(),
                tiny.training(),
                tiny.licences(),
                tiny.results(),
                tiny.files());
        return ModelCard.of(
                manifest,
                new TokenFeatures(
                        List.of(ModelFixtures.COLUMN),
                        ModelFixtures.LABELS,
                        List.of(),
                        ModelSpec.Tokenizer.WORDS,
                        ModelFixtures.WORDS,
                        16));
    }
}
