package dev.sampan.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampan.data.TagFeatures.Vocabularies;
import dev.sampan.data.TagFeatures.Window;
import dev.sampan.kernel.ProblemException;
import dev.sampan.spec.ModelSpec.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TagFeaturesTests {
    private static final Target.Tags TAGS = new Target.Tags(List.of("O", "B-place", "I-place"), new float[0]);

    @TempDir
    Path folder;

    private static TagFeatures features(Tokenizer tokenizer, int maxLength, String... tokens) {
        return new TagFeatures(
                "text", TAGS, tokenizer, new Vocabularies(List.of(tokens), List.of(), List.of()), maxLength);
    }

    @Test
    void placesAreThoseOfTheTextAsItWasAsked() {
        Window window = features(Tokenizer.CHARACTERS, 16, "北", "a", "😀")
                .windows(" 北Ａ 😀京")
                .getFirst();

        assertThat(window.ids()).containsExactly(2, 3, 4, 1);
        assertThat(window.starts()).containsExactly(1, 2, 4, 6);
        assertThat(window.ends()).containsExactly(2, 3, 6, 7);
    }

    @Test
    void aLongTextIsReadInWindowsCutBehindSentences() {
        List<Window> windows = features(Tokenizer.CHARACTERS, 6, "我").windows("我我我我。我我我我我我我我");

        assertThat(windows).extracting(Window::tokens).containsExactly(5, 6, 2);
        assertThat(windows.get(1).starts()[0]).isEqualTo(5);
    }

    @Test
    void aTextWithoutTokensIsOneUnknown() {
        TagFeatures features = features(Tokenizer.WORDS, 8, "a");

        NamedTensors made = features.encode(List.of(Map.of("text", "  "), Map.of("text", "A b")));

        assertThat(((NamedTensors.Longs) Objects.requireNonNull(made.tensors().get("input_ids"))).values())
                .containsExactly(1, 0, 2, 1);
        assertThat(((NamedTensors.Longs) Objects.requireNonNull(made.tensors().get("attention_mask"))).values())
                .containsExactly(1, 0, 1, 1);
    }

    @Test
    void chineseWordsSayWhereACharacterStands() {
        assertThat(ChineseWords.places("我在北京", new int[] {0, 1, 2, 3})).containsExactly("S-rr", "S-p", "B-ns", "E-ns");
    }

    @Test
    void comesBackEqualFromItsFileAndACutFileIsRefused() throws IOException {
        TagFeatures features = features(Tokenizer.CHARACTERS, 16, "北", "京").withTransitions(new float[25]);
        features.write(folder);

        assertThat(Features.read(folder)).isEqualTo(features);

        Path file = folder.resolve(Features.FILE);
        String text = Files.readString(file);
        Files.writeString(file, text.substring(0, text.length() - 20));
        assertThatThrownBy(() -> Features.read(folder))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problems().getFirst().code()).isEqualTo("model.corrupt"));
    }
}
