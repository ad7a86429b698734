package dev.sampan.privacy;

import dev.sampan.privacy.internal.Replacement;
import dev.sampan.privacy.internal.Scanners;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds personal data and puts something else in its place. Immutable and safe for many threads; the dictionaries of
/// names and places are loaded once, at the first text that needs them.
public final class PersonalDataMask {
    private static final int SALT_MIN = 16;

    private final Set<PersonalData> kinds;
    private final MaskStyle style;
    private final Replacement replacement;

    /// @param salt of [MaskStyle#HASH], at least 16 characters; null for the other styles
    public PersonalDataMask(Set<PersonalData> kinds, MaskStyle style, @Nullable String salt) {
        if (kinds.isEmpty()) {
            throw new IllegalArgumentException("a mask for no kind");
        }
        if (style == MaskStyle.HASH && (salt == null || salt.length() < SALT_MIN)) {
            throw new IllegalArgumentException("a hash needs a salt of at least " + SALT_MIN + " characters");
        }
        this.kinds = EnumSet.copyOf(kinds);
        this.style = style;
        this.replacement = new Replacement(style, salt);
    }

    /// What was found, in reading order, without overlaps.
    public List<Finding> find(String text) {
        return Scanners.find(text, kinds);
    }

    /// The text with everything found replaced. Masking the result again changes nothing: what a replacement brings
    /// together is looked through once more, until nothing is left to do.
    public Masked mask(String text) {
        return mask(text, (_, _, _) -> {});
    }

    /// Hears of each replacement, in the text as it is at that moment.
    @FunctionalInterface
    public interface Replacements {
        /// @param at where what was found began
        /// @param length of what was found
        /// @param instead length of what stands there now
        void replaced(int at, int length, int instead);
    }

    /// The same, for those who keep places in the text.
    ///
    /// @param heard told each replacement, one after another
    public Masked mask(String text, Replacements heard) {
        Map<PersonalData, Integer> counts = new EnumMap<>(PersonalData.class);
        String before = text;
        while (true) {
            String after = replaced(before, counts, heard);
            if (after.equals(before)) {
                return new Masked(after, counts);
            }
            before = after;
        }
    }

    private String replaced(String text, Map<PersonalData, Integer> counts, Replacements heard) {
        List<Finding> findings = find(text);
        if (findings.isEmpty()) {
            return text;
        }
        StringBuilder masked = new StringBuilder(text.length());
        int from = 0;
        for (Finding finding : findings) {
            String found = text.substring(finding.start(), finding.end());
            String instead = replacement.of(finding.kind(), found);
            masked.append(text, from, finding.start());
            heard.replaced(masked.length(), found.length(), instead.length());
            masked.append(instead);
            if (!instead.equals(found)) {
                counts.merge(finding.kind(), 1, Integer::sum);
            }
            from = finding.end();
        }
        return masked.append(text, from, text.length()).toString();
    }

    @Override
    public String toString() {
        return "mask of " + kinds + " by " + style;
    }
}
