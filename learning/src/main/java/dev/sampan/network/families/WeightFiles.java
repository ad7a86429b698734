package dev.sampan.network.families;

import dev.sampan.compute.Weights;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.model.Safetensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The weights of a folder: `model.safetensors`, or the shards that `model.safetensors.index.json` names.
final class WeightFiles {
    static final String WHOLE = "model.safetensors";
    private static final String INDEX = "model.safetensors.index.json";

    private final Path folder;
    private final Map<String, Safetensors.Tensor> tensors = new HashMap<>();

    private WeightFiles(Path folder) {
        this.folder = folder;
    }

    /// @throws ProblemException `model.pickle_refused`, `model.no_weights`, `model.corrupt`
    static WeightFiles read(Path folder) {
        WeightFiles files = new WeightFiles(folder);
        if (Files.isRegularFile(folder.resolve(WHOLE))) {
            files.tensors.putAll(Safetensors.read(folder.resolve(WHOLE)));
        } else if (Files.isRegularFile(folder.resolve(INDEX))) {
            for (String shard : shards(folder.resolve(INDEX))) {
                files.tensors.putAll(Safetensors.read(folder.resolve(shard)));
            }
        } else {
            throw missing(folder);
        }
        return files;
    }

    /// No weights at all: for a network made from its configuration alone.
    static WeightFiles none() {
        return new WeightFiles(Path.of(""));
    }

    /// Weights that are at hand.
    static WeightFiles of(Map<String, Safetensors.Tensor> tensors) {
        WeightFiles files = none();
        files.tensors.putAll(tensors);
        return files;
    }

    /// All but these.
    WeightFiles without(List<String> names) {
        WeightFiles others = of(tensors);
        others.tensors.keySet().removeAll(Set.copyOf(names));
        return others;
    }

    private static Set<String> shards(Path index) {
        try {
            JsonNode map = Json.read(Files.readString(index), JsonNode.class).path("weight_map");
            Set<String> shards = new HashSet<>();
            for (JsonNode file : map.values()) {
                String name = file.isString() ? file.stringValue() : "";
                if (!name.endsWith(".safetensors")
                        || !Path.of(name).equals(Path.of(name).getFileName())) {
                    throw new ProblemException(
                            Problem.of("model.corrupt", "The index names '" + name + "', which is no safetensors file.")
                                    .at(index.toString()));
                }
                shards.add(name);
            }
            return shards;
        } catch (IOException e) {
            throw new UncheckedIOException(index.toString(), e);
        }
    }

    private static ProblemException missing(Path folder) {
        boolean pickle = List.of("pytorch_model.bin", "pytorch_model.bin.index.json", "model.pt").stream()
                .anyMatch(name -> Files.exists(folder.resolve(name)));
        if (pickle) {
            return new ProblemException(Problem.of(
                            "model.pickle_refused",
                            "The weights are a pickle, which can run code when it is read, so it is not.")
                    .at(folder.toString())
                    .remedy("Save them as safetensors: model.save_pretrained(folder) in Python."));
        }
        return new ProblemException(Problem.of("model.no_weights", "There is neither " + WHOLE + " nor " + INDEX + ".")
                .at(folder.toString()));
    }

    /// Whether a weight is there under its name, with or without the prefix.
    boolean has(String name, String prefix) {
        return find(name, prefix) != null;
    }

    /// Whether a head's words are the first layer's: as `tie_word_embeddings` says, except that two tensors
    /// which differ
    /// are two weights whatever it says. That is the reference's rule.
    boolean tied(ConfigFile config, String head, String words) {
        return tied(config.flag("tie_word_embeddings", true), head, words);
    }

    boolean tied(boolean asked, String head, String words) {
        Safetensors.Tensor own = tensors.get(head);
        Safetensors.Tensor first = tensors.get(words);
        return asked && (own == null || first == null || Arrays.equals(own.values(), first.values()));
    }

    /// Fills the weights.
    ///
    /// @param missing may stay as they are when the files lack them
    /// @throws ProblemException `model.weight_missing`, `model.weight_shape`
    void into(Weights weights, Family family, Set<String> missing) {
        Map<String, String> second = new HashMap<>();
        family.tied().forEach((other, name) -> second.put(name, other));
        for (Weights.Slot slot : weights.slots()) {
            Safetensors.Tensor found = find(slot.name(), family.prefix());
            if (found == null && second.containsKey(slot.name())) {
                found = find(second.get(slot.name()), family.prefix());
            }
            if (found == null) {
                if (!missing.contains(slot.name())) {
                    throw new ProblemException(Problem.of(
                                    "model.weight_missing",
                                    "The configuration asks for the weight '" + slot.name()
                                            + "', which the files do not have.")
                            .at(folder.toString()));
                }
                continue;
            }
            if (!Arrays.equals(found.shape(), slot.shape())) {
                throw new ProblemException(Problem.of(
                                "model.weight_shape",
                                "The weight '" + slot.name() + "' has the shape " + Arrays.toString(found.shape())
                                        + "; the configuration asks for " + Arrays.toString(slot.shape()) + ".")
                        .at(folder.toString()));
            }
            System.arraycopy(found.values(), 0, weights.values(), slot.offset(), slot.size());
        }
    }

    private Safetensors.@Nullable Tensor find(@Nullable String name, String prefix) {
        if (name == null) {
            return null;
        }
        String other = name.startsWith(prefix) ? name.substring(prefix.length()) : prefix + name;
        for (String each : List.of(name, other)) {
            Safetensors.Tensor found = tensors.get(each);
            if (found == null && each.contains("LayerNorm.")) { // as files of 2018 have it
                found = tensors.get(each.replace("LayerNorm.weight", "LayerNorm.gamma")
                        .replace("LayerNorm.bias", "LayerNorm.beta"));
            }
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}
