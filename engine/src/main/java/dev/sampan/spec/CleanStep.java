package dev.sampan.spec;

/// One step of `data.clean`. The text steps are part of the fitted features, so serving cleans as training did; the
/// dropping of duplicates is for data sets alone.
public sealed interface CleanStep {
    /// Unicode normalisation form KC: full-width letters become narrow, compatibility forms become plain.
    record Nfkc() implements CleanStep {}

    /// Removes control and zero-width characters; line breaks and tabs become blanks.
    record StripControl() implements CleanStep {}

    /// Runs of white space become one blank; none at either end.
    record CollapseWhitespace() implements CleanStep {}

    /// Drops rows whose cleaned input was seen before.
    ///
    /// @param near 1 keeps all but exact repetitions; below 1 also drops rows whose character 3-gram Jaccard
    ///     similarity with a kept row of the same label reaches it (allowed: 0.5 to 1)
    record Dedupe(double near) implements CleanStep {}
}
