package dev.sampan.studio.internal;

import dev.sampan.spec.Spec;
import dev.sampan.spec.Specs;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Blocks of a specification as the hash of a result wants them.
final class Blocks {
    /// What is said about selling a model is no part of the model: another price trains nothing anew.
    private static final List<String> BUSINESS = List.of("register", "serve", "product", "track");

    private Blocks() {}

    static Map<String, Object> only(Spec spec, String... names) {
        Map<String, Object> tree = Specs.toTree(spec);
        Map<String, Object> chosen = new TreeMap<>();
        for (String name : names) {
            if (tree.get(name) != null) {
                chosen.put(name, tree.get(name));
            }
        }
        return chosen;
    }

    static Map<String, Object> ofTheModel(Spec spec) {
        Map<String, Object> tree = new TreeMap<>(Specs.toTree(spec));
        BUSINESS.forEach(tree::remove);
        return tree;
    }
}
