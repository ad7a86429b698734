package dev.sampan.explanation;

import dev.sampan.data.Features;
import dev.sampan.kernel.Progress;
import dev.sampan.runtime.Runtime;
import dev.sampan.spec.ExplainSpec;
import java.util.Map;

/// Finds attributions by asking the model about variants of one input.
public final class Explainer {
    private Explainer() {}

    /// Explains the label with the highest score. Equal model, input and seed give an equal explanation.
    public static Explanation explain(
            Runtime runtime, Features features, Map<String, String> input, ExplainSpec spec, Progress progress) {
        throw new UnsupportedOperationException("written next");
    }
}
