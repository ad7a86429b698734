package dev.sampan.model;

import dev.sampan.kernel.Json;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// From which score on a model of two categories answers the positive one. It was chosen by what the mistakes cost, and
/// travels in the package's manifest under [#RESULT], so that whoever opens the package decides alike.
///
/// @param positive one of the two labels
/// @param value its least score; above 1 the other label is always answered
public record DecisionThreshold(String positive, double value) {
    /// Name of the document in a manifest's results.
    public static final String RESULT = "threshold";

    public DecisionThreshold {
        if (!Double.isFinite(value) || value < 0) {
            throw new IllegalArgumentException("threshold " + value);
        }
    }

    /// The label of these scores.
    ///
    /// @param labels both, in the order of the scores
    public int decide(List<String> labels, float[] scores) {
        int yes = labels.indexOf(positive);
        return scores[yes] >= value ? yes : 1 - yes;
    }

    /// @throws ProblemException `model.corrupt` when the manifest holds something else, or the labels are others
    static @Nullable DecisionThreshold of(Manifest manifest, List<String> labels) {
        Object tree = manifest.results().get(RESULT);
        if (tree == null) {
            return null;
        }
        try {
            DecisionThreshold threshold = Json.MAPPER.convertValue(tree, DecisionThreshold.class);
            if (labels.size() == 2 && labels.contains(threshold.positive())) {
                return threshold;
            }
        } catch (JacksonException | IllegalArgumentException e) {
            throw corrupt(e);
        }
        throw corrupt(null);
    }

    private static ProblemException corrupt(@Nullable Exception cause) {
        Problem problem = Problem.of("model.corrupt", "The package's threshold does not fit its two labels.")
                .at(ModelPackage.MANIFEST);
        return cause == null ? new ProblemException(problem) : new ProblemException(problem, cause);
    }

    /// As a document of a manifest.
    public Map<String, Object> toTree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("positive", positive);
        tree.put("value", value);
        return tree;
    }
}
