package dev.sampan.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampan.spec.CleanStep;
import dev.sampan.spec.ModelSpec.Tokenizer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextStepsTests {
    private static final CleanStep.StopWords STOP = new CleanStep.StopWords(List.of("en", "zh"), List.of("shop"));

    @TempDir
    Path folder;

    private static String cleaned(String text, CleanStep... steps) {
        TextCleaner cleaner = new TextCleaner(List.of(steps));
        String once = cleaner.clean(text);
        assertThat(cleaner.clean(once)).isEqualTo(once);
        return once;
    }

    @Test
    void writesSmallLetters() {
        assertThat(cleaned("ABC Ünï 北京", new CleanStep.Lowercase())).isEqualTo("abc ünï 北京");
    }

    @Test
    void takesHtmlOutAndLeavesWhatIsNone() {
        CleanStep html = new CleanStep.StripHtml();

        assertThat(cleaned("<p>3 &lt; 4 &amp; <b class=\"x\">good</b>&#33;</p>", html))
                .isEqualTo("3 < 4 & good ! ");
        assertThat(cleaned("a<script>var b = '<i>';</script>c<!-- d -->e", html))
                .isEqualTo("a c e");
        assertThat(cleaned("1 < 2 && <3 <unclosed &nothing; &#xD800;", html))
                .isEqualTo("1 < 2 && <3 <unclosed &nothing; &#xD800;");
    }

    @Test
    void writesChineseInSimplifiedCharacters() {
        assertThat(cleaned("飯店的房間 ok", new CleanStep.TraditionalToSimplified())).isEqualTo("饭店的房间 ok");
    }

    @Test
    void takesStopWordsOutButNoNegation() {
        assertThat(cleaned("The room is not good at the Shop", STOP)).isEqualTo("room not good ");
        assertThat(cleaned("我们的房间不好", STOP)).isEqualTo("房间不好");
    }

    @Test
    void stepsTravelWithTheFeatures() {
        List<CleanStep> steps = List.of(
                new CleanStep.StripHtml(), new CleanStep.TraditionalToSimplified(), new CleanStep.Lowercase(), STOP);
        TokenFeatures features = new TokenFeatures(
                List.of("text"), List.of("a", "b"), steps, Tokenizer.CHINESE_WORDS, List.of("北京", "天气"), 8);
        features.write(folder);

        Features read = Features.read(folder);

        assertThat(read).isEqualTo(features);
        assertThat(features.tokens(List.of(features.text(Map.of("text", "<b>北京</b>的天氣"))))
                        .ids())
                .containsExactly(2, 3);
    }
}
