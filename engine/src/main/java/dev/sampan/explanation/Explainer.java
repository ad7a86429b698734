package dev.sampan.explanation;

import dev.sampan.data.ColumnFeatures;
import dev.sampan.data.Features;
import dev.sampan.data.FittedColumn;
import dev.sampan.data.FusedPart;
import dev.sampan.data.ImageColumn;
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
import org.jspecify.annotations.Nullable;

/// Finds attributions by asking the model about variants of one input.
///
/// What it costs, in texts the model answers, for an input of n pieces (at most [#UNITS_MAX] after grouping):
/// LIME all 2ⁿ up to 7 pieces, beyond them 20·n, at least 128 and at most 1,000; occlusion n. Both ask the text
/// itself and another 21 for the quality. A fused model says itself how much each of its parts had to do with the
/// answer, and is asked no variants for it.
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
            Runtime runtime, Features features, Map<String, String> input, ExplainSpec spec, Progress progress) {
        Parts parts = parts(features, input);
        if (parts == null) {
            throw new IllegalArgumentException("ask explains(features) first");
        }
        return explain(runtime, parts, spec, progress);
    }

    /// Whether answers of such a model can be explained: a class, of a text, of a picture or of a row of columns.
    public static boolean explains(Features features) {
        return !features.labels().isEmpty()
                && (features instanceof TextFeatures
                        || picture(features) != null
                        || row(features) != null
                        || features instanceof ColumnFeatures columns
                                && !FusedPart.of(columns).isEmpty());
    }

    private static @Nullable ColumnFeatures row(Features features) {
        return features instanceof ColumnFeatures columns
                        && columns.columns().stream().noneMatch(FittedColumn.Own.class::isInstance)
                ? columns
                : null;
    }

    private static @Nullable Parts parts(Features features, Map<String, String> input) {
        if (features instanceof TextFeatures text) {
            return Text.of(text.pieces(text.text(input)), text.maxLength(), UNITS_MAX);
        }
        ColumnFeatures columns = row(features);
        if (columns != null) {
            return Cells.of(columns, input);
        }
        if (features instanceof ColumnFeatures all && !FusedPart.of(all).isEmpty()) {
            return FusedRow.of(all, input);
        }
        ImageColumn column = picture(features);
        return column == null ? null : Patches.of(column, input.getOrDefault(column.name(), ""));
    }

    private static @Nullable ImageColumn picture(Features features) {
        return features instanceof ColumnFeatures columns
                        && columns.columns().size() == 1
                        && columns.columns().getFirst() instanceof ImageColumn image
                ? image
                : null;
    }

    static Explanation explain(Runtime runtime, Parts parts, ExplainSpec spec, Progress progress) {
        SplittableRandom random = random(spec.seed(), parts.whole(), runtime.labels());
        Variants variants = new Variants(runtime, parts, progress);
        Attribution found = switch (spec.method()) {
            case AUTO ->
                parts instanceof FusedRow row
                        ? row.shares(runtime)
                        : parts.grid() == null ? Lime.attribute(variants, random) : Occlusion.attribute(variants);
            case LIME -> Lime.attribute(variants, random);
            case OCCLUSION -> Occlusion.attribute(variants);
        };
        double drop = Deletion.drop(variants, found.weights(), random.split());
        return new Explanation(
                found.method(),
                variants.label(),
                variants.whole(),
                parts.weighted(found.weights()),
                new Quality(found.fidelity(), found.stability(), drop),
                parts.grid());
    }

    /// The same question gets the same perturbations; another input or another model gets others, so that one
    /// unlucky seed does not follow a whole data set.
    private static SplittableRandom random(long seed, String text, List<String> labels) {
        String hash = Sha256.of(Json.write(List.of(seed, text, labels))).hex();
        return new SplittableRandom(HexFormat.fromHexDigitsToLong(hash, 0, 16));
    }
}
