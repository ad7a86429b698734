package dev.sampan.data;

import dev.sampan.privacy.MaskStyle;
import dev.sampan.privacy.PersonalData;
import dev.sampan.spec.CleanStep;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The text steps as `features.json` lists them: `"nfkc"`, `"strip_control"`, `"collapse_whitespace"`, `"lowercase"`,
/// `"strip_html"`, `"traditional_to_simplified"`, `{"stop_words": {"languages": ["en"], "words": ["shop"]}}`, and
/// `{"mask": {"kinds": ["phone"], "style": "label"}}`, whose hash has a `salt` too.
final class CleanSteps {
    private static final String MASK = "mask";
    private static final String STOP_WORDS = "stop_words";

    private CleanSteps() {}

    static List<Object> write(List<CleanStep> steps) {
        return steps.stream().map(CleanSteps::write).toList();
    }

    private static Object write(CleanStep step) {
        return switch (step) {
            case CleanStep.Nfkc() -> "nfkc";
            case CleanStep.StripControl() -> "strip_control";
            case CleanStep.CollapseWhitespace() -> "collapse_whitespace";
            case CleanStep.Lowercase() -> "lowercase";
            case CleanStep.StripHtml() -> "strip_html";
            case CleanStep.TraditionalToSimplified() -> "traditional_to_simplified";
            case CleanStep.StopWords(List<String> languages, List<String> words) ->
                Map.of(STOP_WORDS, Map.of("languages", languages, "words", words));
            case CleanStep.Mask mask -> {
                Map<String, Object> parts = new LinkedHashMap<>();
                parts.put("kinds", mask.kinds().stream().map(CleanSteps::lower).toList());
                parts.put("style", lower(mask.style()));
                if (mask.salt() != null) {
                    parts.put("salt", mask.salt());
                }
                yield Map.of(MASK, parts);
            }
            case CleanStep.Dedupe _ -> throw new IllegalArgumentException("not a step of a text: " + step);
        };
    }

    /// @throws IllegalArgumentException, NullPointerException when a part is missing or unknown
    static List<CleanStep> read(List<Object> written) {
        return written.stream().map(CleanSteps::read).toList();
    }

    private static CleanStep read(Object written) {
        if (written instanceof Map<?, ?> map && map.get(MASK) instanceof Map<?, ?> parts) {
            List<PersonalData> kinds = parts.get("kinds") instanceof List<?> names
                    ? names.stream()
                            .map(name -> PersonalData.valueOf(upper(name)))
                            .toList()
                    : List.of();
            String salt = parts.get("salt") instanceof String text ? text : null;
            return new CleanStep.Mask(kinds, MaskStyle.valueOf(upper(parts.get("style"))), salt);
        }
        if (written instanceof Map<?, ?> map && map.get(STOP_WORDS) instanceof Map<?, ?> parts) {
            return new CleanStep.StopWords(texts(parts.get("languages")), texts(parts.get("words")));
        }
        return switch (String.valueOf(written)) {
            case "lowercase" -> new CleanStep.Lowercase();
            case "strip_html" -> new CleanStep.StripHtml();
            case "traditional_to_simplified" -> new CleanStep.TraditionalToSimplified();
            case "nfkc" -> new CleanStep.Nfkc();
            case "strip_control" -> new CleanStep.StripControl();
            case "collapse_whitespace" -> new CleanStep.CollapseWhitespace();
            default -> throw new IllegalArgumentException("no step " + written);
        };
    }

    private static List<String> texts(@Nullable Object written) {
        if (written instanceof List<?> list) {
            return list.stream().map(String::valueOf).toList();
        }
        throw new IllegalArgumentException("no list: " + written);
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static String upper(@Nullable Object name) {
        return String.valueOf(name).toUpperCase(Locale.ROOT);
    }
}
