package dev.sampan.spec;

/// Block `explain`.
///
/// @param method how attributions are found
/// @param samples how many answers of the test split are explained, 0 for none
/// @param seed of the perturbations
public record ExplainSpec(Method method, int samples, long seed) {
    /// How attributions are found.
    public enum Method {
        /// LIME for texts, occlusion for pictures, its own shares for a fused model.
        AUTO,
        LIME,
        OCCLUSION
    }
}
