package dev.sampan.training.loop;

import dev.sampan.compute.Optimiser.Share;
import dev.sampan.compute.Weights;
import dev.sampan.kernel.Nearest;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.spec.TrainSpec.Layers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How each weight is taught, by its name. A layer's number is the first number in a name
/// (`encoder.layer.3.output.weight`); what has none and stands before all numbered ones is below them (embeddings),
/// the rest above them (the head).
final class Groups {
    private final Map<String, Share> shares = new HashMap<>();

    /// @throws ProblemException `training.no_such_layer` when a pattern of `layers_to_freeze` fits no weight,
    ///     `training.all_frozen` when nothing is left to learn
    Groups(Layers layers, Weights weights) {
        List<Weights.Slot> slots = weights.slots();
        layers.frozen().forEach(pattern -> checkFits(pattern, slots));
        int top = slots.stream().mapToInt(slot -> number(slot.name())).max().orElse(-1) + 1;
        boolean numbered = false;
        for (Weights.Slot slot : slots) {
            int own = number(slot.name());
            numbered |= own >= 0;
            int above = own >= 0 ? top - own : numbered ? 0 : top == 0 ? 0 : top + 1; // layers between it and the head
            double decay = fitsAny(layers.undecayed(), slot.name()) ? 0 : 1;
            shares.put(
                    slot.name(),
                    fitsAny(layers.frozen(), slot.name())
                            ? Share.FROZEN
                            : new Share(Math.pow(layers.rateDecay(), above), decay));
        }
        if (shares.values().stream().allMatch(Share.FROZEN::equals)) {
            throw new ProblemException(
                    Problem.of("training.all_frozen", "train.layers_to_freeze leaves nothing to learn")
                            .at("train.layers_to_freeze")
                            .remedy("Leave the head out, for instance"));
        }
    }

    Share share(Weights.Slot slot) {
        return shares.getOrDefault(slot.name(), Share.WHOLE);
    }

    boolean learns(Weights.Slot slot) {
        return share(slot).rate() > 0;
    }

    private static int number(String name) {
        for (String part : name.split("\\.", -1)) {
            if (!part.isEmpty() && part.length() < 6 && part.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return Integer.parseInt(part);
            }
        }
        return -1;
    }

    private static void checkFits(String pattern, List<Weights.Slot> slots) {
        List<String> names = slots.stream().map(Weights.Slot::name).toList();
        if (names.stream().noneMatch(name -> fits(pattern, name))) {
            String near = Nearest.of(pattern.replace("*", ""), names);
            throw new ProblemException(Problem.of(
                            "training.no_such_layer", "No weight of the network is named like '" + pattern + "'")
                    .at("train.layers_to_freeze")
                    .remedy(near == null ? "There are: " + String.join(", ", names) : "Did you mean '" + near + "'?"));
        }
    }

    private static boolean fitsAny(List<String> patterns, String name) {
        return patterns.stream().anyMatch(pattern -> fits(pattern, name));
    }

    /// Whether a name is a pattern in which `*` stands for any letters: each piece is found from the left, the last one
    /// at the end.
    static boolean fits(String pattern, String name) {
        String[] pieces = pattern.split("\\*", -1);
        if (pieces.length == 1) {
            return pattern.equals(name);
        }
        String last = pieces[pieces.length - 1];
        if (!name.startsWith(pieces[0])) {
            return false;
        }
        int at = pieces[0].length();
        for (int i = 1; i < pieces.length - 1; i++) {
            int found = name.indexOf(pieces[i], at);
            if (found < 0) {
                return false;
            }
            at = found + pieces[i].length();
        }
        return name.length() - last.length() >= at && name.endsWith(last);
    }
}
