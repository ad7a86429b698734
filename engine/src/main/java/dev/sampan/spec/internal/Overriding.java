package dev.sampan.spec.internal;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `key.sub=value` from the command line; the value is YAML. Items of lists are named by their number from 0.
record Overriding(List<String> path, Tree value, Place place) {
    private static final int DEPTH_MAX = 8;

    /// @param rank 1 for the first override
    /// @throws ProblemException `spec.syntax` when it has no `=` or its value is not YAML
    static Overriding parse(String text, int rank, Reading reading) {
        Place place = new Place("override " + Scalars.quoted(text), rank, 0, 0);
        int equals = text.indexOf('=');
        List<String> path = equals < 1
                ? List.of()
                : List.of(text.substring(0, equals).strip().split("\\.", -1));
        if (path.isEmpty() || path.size() > DEPTH_MAX || path.stream().anyMatch(String::isBlank)) {
            throw new ProblemException(Problem.of("spec.syntax", "An override is written key.sub=value")
                    .at(place.text())
                    .remedy("For example train.learning_rate=0.001"));
        }
        Tree value = YamlTree.read(text.substring(equals + 1), _ -> place, reading);
        return new Overriding(path, value == null ? new Tree.Leaf("", true, place) : value, place);
    }

    /// The tree with this value in its place; blocks on the way are made where they are absent.
    ///
    /// @param aliases other names of keys: an override by one name replaces a line by the other
    Tree applied(@Nullable Tree tree, Map<String, String> aliases) {
        return replaced(tree, 0, aliases);
    }

    private Tree replaced(@Nullable Tree tree, int depth, Map<String, String> aliases) {
        if (depth == path.size()) {
            return value;
        }
        String key = path.get(depth);
        return switch (tree) {
            case null -> new Tree.Branch(List.of(entry(key, null, depth, aliases)), place);
            case Tree.Leaf leaf
            when leaf.isNull() -> new Tree.Branch(List.of(entry(key, null, depth, aliases)), leaf.place());
            case Tree.Leaf leaf -> throw noSuchPlace(depth, leaf);
            case Tree.Items items -> new Tree.Items(inList(items, key, depth, aliases), items.place());
            case Tree.Branch branch -> new Tree.Branch(inBlock(branch, key, depth, aliases), branch.place());
        };
    }

    private List<Tree.Entry> inBlock(Tree.Branch branch, String key, int depth, Map<String, String> aliases) {
        List<Tree.Entry> entries = new ArrayList<>();
        Tree.@Nullable Entry old = null;
        String canonical = aliases.getOrDefault(key, key);
        for (Tree.Entry entry : branch.entries()) {
            if (aliases.getOrDefault(entry.key(), entry.key()).equals(canonical)) {
                old = old == null ? entry : old;
                entries.add(entry(key, entry, depth, aliases));
            } else {
                entries.add(entry);
            }
        }
        if (old == null) {
            entries.add(entry(key, null, depth, aliases));
        }
        return entries;
    }

    private Tree.Entry entry(String key, Tree.@Nullable Entry old, int depth, Map<String, String> aliases) {
        boolean last = depth == path.size() - 1;
        return new Tree.Entry(
                key,
                old == null || last ? place : old.place(),
                replaced(old == null ? null : old.value(), depth + 1, aliases));
    }

    private List<Tree> inList(Tree.Items items, String key, int depth, Map<String, String> aliases) {
        int index = key.length() <= 4 && Scalars.whole(key) != null ? Integer.parseInt(key) : -1;
        if (index < 0 || index >= items.items().size()) {
            throw noSuchPlace(depth, items);
        }
        List<Tree> changed = new ArrayList<>(items.items());
        changed.set(index, replaced(changed.get(index), depth + 1, aliases));
        return changed;
    }

    private ProblemException noSuchPlace(int depth, Tree at) {
        String there = depth == 0 ? "The file" : String.join(".", path.subList(0, depth));
        String sentence = switch (at) {
            case Tree.Items items ->
                there + " has no item '" + path.get(depth) + "'; its length is "
                        + items.items().size();
            case Tree.Leaf _, Tree.Branch _ -> there + " is " + at.shown() + ", and has no '" + path.get(depth) + "'";
        };
        return new ProblemException(Problem.of("spec.unknown_key", sentence)
                .at(place.text())
                .remedy("Give the whole value: " + (depth == 0 ? "key" : there) + "=…; items are numbered from 0"));
    }
}
