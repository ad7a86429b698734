package dev.sampan.training.internal.images;

import dev.sampan.compute.Weights;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.model.Safetensors;
import dev.sampan.model.Safetensors.Tensor;
import dev.sampan.network.Network;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Transfer: a network begins with what another one learnt, as far as names and shapes of the weights agree.
///
/// @param taken names of the weights taken over
/// @param left those that stay random, such as the classifier of other labels
record FirstWeights(List<String> taken, List<String> left) {
    private static final String FILE = "model.safetensors";

    /// @param folder with a `model.safetensors`: a package, or a folder from elsewhere
    /// @throws ProblemException `training.no_weights`
    static FirstWeights take(Network network, Path folder) {
        Path file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            throw new ProblemException(Problem.of("training.no_weights", "There is no " + FILE + " in '" + folder + "'")
                    .at("model.model_name_or_path")
                    .remedy("Name the folder of a package that was not made smaller"));
        }
        Map<String, Tensor> tensors = Safetensors.read(file);
        FirstWeights found = new FirstWeights(new ArrayList<>(), new ArrayList<>());
        found.fill(network.weights(), tensors);
        found.fill(network.buffers(), tensors);
        if (found.taken.isEmpty()) {
            throw new ProblemException(Problem.of(
                            "training.no_weights",
                            "No weight in '" + file + "' has a name and shape of this network; it has "
                                    + String.join(
                                            ", ",
                                            tensors.keySet().stream()
                                                    .sorted()
                                                    .limit(5)
                                                    .toList())
                                    + ", …")
                    .at("model.model_name_or_path"));
        }
        return found;
    }

    private void fill(Weights weights, Map<String, Tensor> tensors) {
        for (Weights.Slot slot : weights.slots()) {
            Tensor tensor = tensors.get(slot.name());
            if (tensor != null && Arrays.equals(tensor.shape(), slot.shape())) {
                System.arraycopy(tensor.values(), 0, weights.values(), slot.offset(), slot.size());
                taken.add(slot.name());
            } else {
                left.add(slot.name());
            }
        }
    }
}
