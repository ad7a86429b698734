package dev.sampan.spec;

/// `data.resample`: categories brought nearer to each other in number, in the training rows alone.
///
/// @param ratio rows of the rarest category for each of the commonest, at least, 0 exclusive to 1
public record ResampleSpec(Type type, double ratio, long seed) {
    /// How.
    public enum Type {
        /// Rows of rare categories are repeated.
        OVERSAMPLE,
        /// Rows of common categories are left out.
        UNDERSAMPLE
    }
}
