package dev.sampan.data;

import dev.sampan.spec.CleanStep;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/// Takes words out of texts. English words are cut as [Segmentation] does; where a text has Chinese and Chinese words
/// are asked for, HanLP cuts it. Negations stay in: without them a text may say its opposite.
final class StopWords {
    private static final Set<String> ENGLISH = Set.of(
            ("a an the and or but if then else of at by for with about into through during before after above below"
                            + " to from up down in out on off over under again further once here"
                            + " there when where why how"
                            + " all any both each few more most other some such only own same so"
                            + " than too very can will"
                            + " just should now i me my myself we our ours ourselves you your yours"
                            + " yourself he him his"
                            + " himself she her hers herself it its itself they them their theirs"
                            + " themselves what which"
                            + " who whom this that these those am is are was were be been being"
                            + " have has had having do"
                            + " does did doing would could as until while because also")
                    .split(" "));
    private static final Set<String> CHINESE =
            Set.of(("的 了 是 在 和 与 及 或 就 都 而 着 之 于 以 为 从 到 把 被 让 给 对 向 跟 比 也 还 又 再 才 只 很 最 太 更 这 那 这个 那个 这些 那些"
                            + " 我 你 他 她 它 我们 你们 他们 她们 它们 自己 咱们 您 啊 吧 吗 呢 呀 哦 嗯 哈 嘛 啦 地 得 个 一个 一些 其 其中 因为 所以"
                            + " 如果 但是 但 而且 并 并且 然后 于是 因此 以及 等 等等 什么 怎么 这样 那样 这里 那里 上 下 里 中 时 时候")
                    .split(" "));

    private final Set<String> words;
    private final boolean chinese;

    private StopWords(Set<String> words, boolean chinese) {
        this.words = words;
        this.chinese = chinese;
    }

    static StopWords of(CleanStep.StopWords step) {
        Set<String> words = new HashSet<>(step.words());
        boolean chinese = step.languages().contains("zh");
        words.addAll(step.languages().contains("en") ? ENGLISH : Set.of());
        words.addAll(chinese ? CHINESE : Set.of());
        return new StopWords(words, chinese);
    }

    String without(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        int[] at = {0};
        if (chinese && text.codePoints().anyMatch(Segmentation::isCjk)) {
            ChineseWords.each(text, (start, end, _) -> word(text, start, end, at, kept));
        } else {
            Segmentation.words(text, (start, end) -> {
                word(text, start, end, at, kept);
                return true;
            });
        }
        return kept.append(text, at[0], text.length()).toString();
    }

    /// Takes the word out with one of the blanks around it.
    private void word(String text, int start, int end, int[] at, StringBuilder kept) {
        if (!words.contains(text.substring(start, end).toLowerCase(Locale.ROOT))) {
            return;
        }
        kept.append(text, at[0], start);
        boolean before = kept.isEmpty() || kept.charAt(kept.length() - 1) == ' ';
        at[0] = before && end < text.length() && text.charAt(end) == ' ' ? end + 1 : end;
    }
}
