package dev.sampan.training.loop;

import dev.sampan.kernel.Nearest;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.network.objectives.CrossEntropy;
import dev.sampan.spec.TrainSpec.ClassWeights;
import dev.sampan.spec.TrainSpec.Losses;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The cross-entropy that block `train` asks for.
public final class ClassObjective {
    private ClassObjective() {}

    /// @param labels in the order of the outputs
    /// @param counts training rows of each label
    /// @throws ProblemException `training.no_such_label` for a weight of a label that the data does not have
    public static CrossEntropy of(Losses losses, List<String> labels, Map<String, Long> counts) {
        return new CrossEntropy(
                losses.labelSmoothing(), weights(losses.classWeights(), labels, counts), losses.focalGamma());
    }

    private static List<Float> weights(@Nullable ClassWeights spec, List<String> labels, Map<String, Long> counts) {
        if (spec == null) {
            return List.of();
        }
        spec.byLabel().keySet().forEach(label -> checkKnown(label, labels));
        double rows = labels.stream()
                .mapToLong(label -> counts.getOrDefault(label, 0L))
                .sum();
        List<Float> weights = new ArrayList<>();
        for (String label : labels) {
            long own = Math.max(1, counts.getOrDefault(label, 0L)); // a label without rows weighs nothing anyway
            weights.add((float)
                    (spec.balanced()
                            ? rows / (labels.size() * own)
                            : spec.byLabel().getOrDefault(label, 1.0)));
        }
        return weights;
    }

    private static void checkKnown(String label, List<String> labels) {
        if (!labels.contains(label)) {
            String near = Nearest.of(label, labels);
            throw new ProblemException(Problem.of(
                            "training.no_such_label", "train.class_weights names '" + label + "', which no row has")
                    .at("train.class_weights")
                    .remedy(near == null ? "Labels: " + String.join(", ", labels) : "Did you mean '" + near + "'?"));
        }
    }
}
