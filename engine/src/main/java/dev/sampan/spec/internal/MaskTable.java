package dev.sampan.spec.internal;

import dev.sampan.privacy.MaskStyle;
import dev.sampan.privacy.PersonalData;
import dev.sampan.spec.CleanStep;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The keys of the step `mask` of `data.clean`.
final class MaskTable {
    private static final int SALT_MIN = 16;

    static final Block<CleanStep.Mask> MASK = mask();

    private MaskTable() {}

    private static Block<CleanStep.Mask> mask() {
        Field<CleanStep.Mask, List<PersonalData>> kinds = Field.of(
                "kinds",
                new ListType<>(TextTypes.choice(PersonalData.class), "kinds", 1, PersonalData.values().length),
                List.of(PersonalData.values()),
                "Kinds of personal data that are masked in the text columns",
                CleanStep.Mask::kinds);
        Field<CleanStep.Mask, MaskStyle> style = Field.of(
                "style",
                TextTypes.choice(MaskStyle.class),
                MaskStyle.LABEL,
                "What stands instead: label writes <PHONE>, hash a pseudonym such as <PHONE:3fa9c1d2>, partial leaves"
                        + " 138****5678",
                CleanStep.Mask::style);
        Field<CleanStep.Mask, String> salt = Field.nullable(
                "salt",
                TextTypes.text(),
                "Secret of the hash, at least 16 characters; it travels in the package",
                CleanStep.Mask::salt);
        return new Block<>(
                List.of(kinds, style, salt), Set.of(), v -> mask(v, v.get(kinds), v.get(style), v.find(salt)));
    }

    private static CleanStep.@Nullable Mask mask(
            Values values, List<PersonalData> kinds, MaskStyle style, @Nullable String salt) {
        if (style == MaskStyle.HASH && (salt == null || salt.length() < SALT_MIN)) {
            values.problem(
                    "salt",
                    Spot.OUT_OF_RANGE,
                    "The style hash needs a salt of at least " + SALT_MIN
                            + " characters: without one every phone number" + " is found by trying all",
                    "Write salt: with a secret of your own, or take style: label");
            return null;
        }
        if (style != MaskStyle.HASH && salt != null) {
            values.problem(
                    "salt",
                    Spot.OUT_OF_RANGE,
                    "A salt belongs to style: hash alone",
                    "Leave it out, or take style: hash");
            return null;
        }
        return new CleanStep.Mask(kinds, style, salt);
    }
}
