package dev.sampan.spec;

import dev.sampan.privacy.MaskStyle;
import dev.sampan.privacy.PersonalData;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One step of `data.clean`. The text steps are part of the fitted features, so serving cleans as training did;
/// the dropping of duplicates is for data sets alone.
public sealed interface CleanStep {
    /// Unicode normalisation form KC: full-width letters become narrow, compatibility forms become plain.
    record Nfkc() implements CleanStep {}

    /// Removes control and zero-width characters; line breaks and tabs become blanks.
    record StripControl() implements CleanStep {}

    /// Runs of white space become one blank; none at either end.
    record CollapseWhitespace() implements CleanStep {}

    /// Small letters, whatever the language.
    record Lowercase() implements CleanStep {}

    /// Takes HTML's tags and comments out (what stood around a tag is parted by a blank), with what scripts and styles
    /// hold, and writes the common entities as the characters they stand for.
    record StripHtml() implements CleanStep {}

    /// Chinese in simplified characters, by HanLP's dictionaries.
    record TraditionalToSimplified() implements CleanStep {}

    /// Takes out words that say little of what a text is about.
    ///
    /// @param languages whose lists are used: `en`, `zh`
    /// @param words further ones, in small letters
    record StopWords(List<String> languages, List<String> words) implements CleanStep {
        public StopWords {
            languages = List.copyOf(languages);
            words = List.copyOf(words);
        }
    }

    /// Puts something else in the place of personal data, in texts alone: numbers and categories stay as written.
    ///
    /// @param kinds what is masked, at least one, in the order of the enumeration
    /// @param salt of [MaskStyle#HASH], at least 16 characters, else null. It travels with the model, because
    ///     serving must mask as training did: whoever holds the package can try values against the hashes
    record Mask(
            List<PersonalData> kinds,
            MaskStyle style,
            @Nullable String salt) implements CleanStep {
        public Mask {
            kinds = kinds.stream().distinct().sorted().toList();
        }
    }

    /// Drops rows whose cleaned input was seen before.
    ///
    /// @param near 1 keeps all but exact repetitions; below 1 also drops rows whose character 3-gram Jaccard
    ///     similarity with a kept row of the same label reaches it (allowed: 0.5 to 1)
    record Dedupe(double near) implements CleanStep {}
}
