package dev.sampan.explanation;

import dev.sampan.data.TextFeatures;
import dev.sampan.explanation.Explanation.Quality;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.Progress;
import dev.sampan.kernel.Sha256;
import dev.sampan.runtime.Runtime;
import dev.sampan.spec.ExplainSpec;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// Finds attributions by asking the model about variants of one input.
///
/// What it costs, in texts the model answers, for an input of n pieces (at most [#UNITS_MAX] after grouping):
/// LIME all 2ⁿ up to 7 pieces, beyond them 20·n, at least 128 and at most 1,000; occlusion n. Both ask the text
/// itself and another 21 for the quality.
public final class Explainer {
    /// Longer texts are explained in groups of neighbouring pieces: below about ten samples for each weight a
    /// local model says nothing, and nobody reads a thousand weights.
    static final int UNITS_MAX = 100;

    private Explainer() {}

    /// Explains the label with the highest score. Equal model, input and seed give an equal explanation.
    ///
    /// @throws dev.sampan.kernel.ProblemException `input.missing_column`
    /// @throws java.util.concurrent.CancellationException when the progress is cancelled
    public static Explanation explain(
            Runtime runtime, TextFeatures features, Map<String, String> input, ExplainSpec spec, Progress progress) {
        List<String> pieces = features.pieces(features.text(input));
        return explain(runtime, Text.of(pieces, features.maxLength(), UNITS_MAX), spec, progress);
    }

    static Explanation explain(Runtime runtime, Text text, ExplainSpec spec, Progress progress) {
        SplittableRandom random = random(spec.seed(), text.whole(), runtime.labels());
        Variants variants = new Variants(runtime, text, progress);
        Attribution found = switch (spec.method()) {
            case AUTO, LIME -> Lime.attribute(variants, random);
            case OCCLUSION -> Occlusion.attribute(variants);
        };
        double drop = Deletion.drop(variants, found.weights(), random.split());
        return new Explanation(
                found.method(),
                variants.label(),
                variants.whole(),
                text.weighted(found.weights()),
                new Quality(found.fidelity(), found.stability(), drop));
    }

    /// The same question gets the same perturbations; another input or another model gets others, so that one
    /// unlucky seed does not follow a whole data set.
    private static SplittableRandom random(long seed, String text, List<String> labels) {
        String hash = Sha256.of(Json.write(List.of(seed, text, labels))).hex();
        return new SplittableRandom(HexFormat.fromHexDigitsToLong(hash, 0, 16));
    }
}
