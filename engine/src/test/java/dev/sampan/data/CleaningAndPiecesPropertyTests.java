package dev.sampan.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampan.spec.CleanStep;
import dev.sampan.spec.ModelSpec.Tokenizer;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class CleaningAndPiecesPropertyTests {
    private static final TextCleaner CLEANER = new TextCleaner(DataFixture.TEXT_STEPS);

    /// Characters that steps of cleaning and cutting care about, among any others.
    @Provide
    Arbitrary<String> texts() {
        Arbitrary<Character> odd = Arbitraries.of(
                ' ', '\t', '\n', '\u00A0', '\u3000', '\u200B', '\u200D', '\uFEFF', '\u0301', '\u3099', '\u00A8',
                '\uFF21', '\uFB01', '\u4F60', '\u304B', 'e', 'A', '\'', '.', '1', '\uD83D', '\uDE00', '\0', '\u2028');
        return Arbitraries.oneOf(odd, Arbitraries.chars())
                .list()
                .ofMaxSize(40)
                .map(list -> list.stream().map(String::valueOf).reduce("", String::concat));
    }

    @Property
    void cleaningTwiceIsCleaningOnceInAnyOrderOfSteps(
            @ForAll("texts") String text, @ForAll("orders") List<CleanStep> steps) {
        TextCleaner cleaner = new TextCleaner(steps);
        String once = cleaner.clean(text);

        assertThat(cleaner.clean(once)).isEqualTo(once);
    }

    @Provide
    Arbitrary<List<CleanStep>> orders() {
        return Arbitraries.shuffle(DataFixture.TEXT_STEPS)
                .flatMap(all -> Arbitraries.integers().between(0, 3).map(n -> all.subList(0, n)));
    }

    @Property
    void aCleanTextHasNoControlNoEdgeAndNoDoubleBlank(@ForAll("texts") String text) {
        assertThat(CLEANER.clean(text))
                .doesNotContain("  ", "\n", "\0", "\u200B")
                .isEqualTo(CLEANER.clean(text).strip());
    }

    @Property
    void piecesJoinedAreTheText(@ForAll("texts") String text) {
        List<String> pieces = Segmentation.pieces(text);

        assertThat(String.join("", pieces)).isEqualTo(text);
        assertThat(pieces).doesNotContain("");
    }

    @Property
    void everyTextEncodesToOneRowWithinTheLimit(@ForAll("texts") String text, @ForAll Tokenizer kind) {
        Tokenizer tokenizer = kind == Tokenizer.AUTO ? Tokenizer.WORDS : kind;
        TokenBatch batch = new TokenFeatures(
                        List.of("text"), List.of("a"), DataFixture.TEXT_STEPS, tokenizer, List.of("a", "你"), 8)
                .tokens(List.of(CLEANER.clean(text)));

        assertThat(batch.length()).isBetween(1, 8);
        assertThat(batch.mask()).containsOnly(1);
    }

    @Test
    void takesOutWhatNobodySees() {
        assertThat(CLEANER.clean("\uFEFF ＡＢＣ\u200B\u3000ｶﾞ\0\r\n①\u00ADx\uD800"))
                .isEqualTo("ABC ガ 1x\uFFFD");
        assertThat(CLEANER.clean("e\u200D\u0301")).isEqualTo("é");
    }
}
