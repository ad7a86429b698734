package dev.sampan.data;

import dev.sampan.privacy.Masked;
import dev.sampan.privacy.PersonalData;
import dev.sampan.privacy.PersonalDataMask;
import dev.sampan.spec.CleanStep;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.ObjIntConsumer;

/// The text steps of `data.clean`, applied alike to data sets, training, evaluation and serving.
///
/// Cleaning a clean text changes nothing. One step can make work for an earlier one (taking a joiner out from
/// between a letter and its accent lets NFKC compose them), so the steps are repeated until they find nothing
/// more. That ends: after the first round only shortenings and maskings are left. Half of a surrogate pair becomes
/// U+FFFD,
/// whatever the steps are, because no encoding can write it. Safe for many threads.
public final class TextCleaner {
    /// Rounds that no text needs; dictionaries of characters might go round in a circle.
    private static final int ROUNDS_MAX = 16;

    private static final char REPLACEMENT = '\uFFFD';

    private final List<CleanStep> steps;
    private final Map<CleanStep, PersonalDataMask> masks = new HashMap<>();
    private final Map<CleanStep, StopWords> stopWords = new HashMap<>();
    private final boolean leavesPlain;

    /// @param steps [CleanStep.Dedupe] among them concerns rows, not texts, and is left out
    public TextCleaner(List<CleanStep> steps) {
        this.steps = textSteps(steps);
        leavesPlain = this.steps.stream().allMatch(TextCleaner::leavesPlain);
        for (CleanStep step : this.steps) {
            if (step instanceof CleanStep.Mask(var kinds, var style, var salt)) {
                masks.put(step, new PersonalDataMask(Set.copyOf(kinds), style, salt));
            }
            if (step instanceof CleanStep.StopWords words) {
                stopWords.put(step, StopWords.of(words));
            }
        }
    }

    /// True for a step that never changes printable ASCII with single blanks inside.
    private static boolean leavesPlain(CleanStep step) {
        return switch (step) {
            case CleanStep.Nfkc _,
                    CleanStep.StripControl _,
                    CleanStep.CollapseWhitespace _,
                    CleanStep.TraditionalToSimplified _,
                    CleanStep.Dedupe _ -> true;
            case CleanStep.Lowercase _, CleanStep.StripHtml _, CleanStep.StopWords _, CleanStep.Mask _ -> false;
        };
    }

    /// The steps that change a text, in order.
    public static List<CleanStep> textSteps(List<CleanStep> steps) {
        return steps.stream()
                .filter(step -> !(step instanceof CleanStep.Dedupe))
                .toList();
    }

    public List<CleanStep> steps() {
        return steps;
    }

    public String clean(String text) {
        return clean(text, (_, _) -> {});
    }

    /// @param masked hears how many data of each kind were masked
    public String clean(String text, ObjIntConsumer<PersonalData> masked) {
        if (leavesPlain && isPlain(text)) {
            return text;
        }
        String before = wellFormed(text);
        for (int round = 0; ; round++) {
            String after = before;
            for (CleanStep step : steps) {
                after = apply(step, after, masked);
            }
            if (after.equals(before) || round == ROUNDS_MAX) {
                return after;
            }
            before = after;
        }
    }

    private String apply(CleanStep step, String text, ObjIntConsumer<PersonalData> told) {
        return switch (step) {
            case CleanStep.Nfkc() ->
                Normalizer.isNormalized(text, Normalizer.Form.NFKC)
                        ? text
                        : Normalizer.normalize(text, Normalizer.Form.NFKC);
            case CleanStep.StripControl() -> stripControl(text);
            case CleanStep.CollapseWhitespace() -> collapseWhitespace(text);
            case CleanStep.Lowercase() -> text.toLowerCase(Locale.ROOT);
            case CleanStep.StripHtml() -> Html.strip(text);
            case CleanStep.TraditionalToSimplified() -> ChineseWords.simplified(text);
            case CleanStep.StopWords _ ->
                Objects.requireNonNull(stopWords.get(step)).without(text);
            case CleanStep.Mask _ -> {
                Masked masked = Objects.requireNonNull(masks.get(step)).mask(text);
                masked.counts().forEach(told::accept);
                yield masked.text();
            }
            case CleanStep.Dedupe _ -> text;
        };
    }

    /// Printable ASCII with single blanks inside: most English rows, and nothing any step would change.
    private static boolean isPlain(String text) {
        char previous = ' ';
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || (c == ' ' && previous == ' ')) {
                return false;
            }
            previous = c;
        }
        return text.isEmpty() || previous != ' ';
    }

    /// General categories Cc and Cf (which hold the zero-width, joining and direction characters) go; the ones
    /// that break a line or a column, and the separators U+2028 and U+2029, become blanks.
    private static String stripControl(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if ((c >= '\t' && c <= '\r') || c == 0x85 || c == 0x2028 || c == 0x2029) {
                kept.append(' ');
            } else if (Character.getType(c) != Character.CONTROL && Character.getType(c) != Character.FORMAT) {
                kept.appendCodePoint(c);
            }
        }
        return kept.toString();
    }

    private static String collapseWhitespace(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        boolean blank = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i); // all white space lies in the basic plane
            if (isBlank(c)) {
                blank = true;
                continue;
            }
            if (blank && !kept.isEmpty()) {
                kept.append(' ');
            }
            blank = false;
            kept.append(c);
        }
        return kept.toString();
    }

    static boolean isBlank(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85;
    }

    private static String wellFormed(String text) {
        StringBuilder mended = new StringBuilder(text);
        boolean broken = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                mended.setCharAt(i, REPLACEMENT);
                broken = true;
            }
        }
        return broken ? mended.toString() : text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TextCleaner that && steps.equals(that.steps);
    }

    @Override
    public int hashCode() {
        return steps.hashCode();
    }
}
