package dev.sampan.spec.internal;

import dev.sampan.kernel.Nearest;
import dev.sampan.spec.DataSpec.InputFeature;
import dev.sampan.spec.DataSpec.InputType;
import dev.sampan.spec.ModelSpec;
import dev.sampan.spec.Spec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which columns a graph convolution wants.
final class GraphRules {
    private GraphRules() {}

    /// Node and links are input columns of type category, and a third column says something of the node.
    static @Nullable Spec checked(Values values, Spec spec, ModelSpec.Gcn graph) {
        boolean found = column(values, spec, "model.node", graph.node());
        found &= column(values, spec, "model.links", graph.links());
        if (!found) {
            return null;
        }
        if (graph.node().equals(graph.links()) || spec.data().inputFeatures().size() < 3) {
            values.problem(
                    "model",
                    Spot.OUT_OF_RANGE,
                    "A graph convolution reads the column of nodes, another of links, and at least one that says"
                            + " something of a node",
                    "Add it to data.input_features");
            return null;
        }
        return EvaluateTable.checked(values, spec);
    }

    private static boolean column(Values values, Spec spec, String path, String name) {
        List<InputFeature> inputs = spec.data().inputFeatures();
        if (inputs.stream().anyMatch(input -> input.name().equals(name) && input.type() == InputType.CATEGORY)) {
            return true;
        }
        String near = Nearest.of(name, inputs.stream().map(InputFeature::name).toList());
        values.problem(
                path,
                Spot.OUT_OF_RANGE,
                path + " is '" + name + "', which is no input column of type category",
                near == null
                        ? "Write input_features: [{name: " + name + ", type: category}, …]"
                        : "Did you mean '" + near + "'? It must have type: category");
        return false;
    }
}
