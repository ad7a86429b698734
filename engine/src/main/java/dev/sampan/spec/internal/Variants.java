package dev.sampan.spec.internal;

import dev.sampan.kernel.Nearest;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// A sealed type whose cases are told apart by the key `type`.
///
/// @param cases the first stands when `type` is absent
/// @param later cases of the whole vision that this version does not run
record Variants<T>(List<Case<T, ? extends T>> cases, List<String> later) implements Type<T> {
    /// A case without keys, which may be written as its name alone.
    static final String AUTO = "auto";

    private static final String TAG = "type";

    /// @param block its first field is `type`
    record Case<T, C extends T>(String tag, Class<C> type, Block<C> block) {}

    /// @throws java.util.NoSuchElementException when it is none of the cases
    String tag(Class<? extends T> type) {
        return cases.stream()
                .filter(one -> one.type().equals(type))
                .findFirst()
                .orElseThrow()
                .tag();
    }

    @Override
    public @Nullable T read(Spot spot) {
        if (spot.node() instanceof Tree.Leaf leaf
                && leaf.text().equals(AUTO)
                && cases.stream().anyMatch(c -> c.tag().equals(AUTO))) {
            return named(AUTO).block().read(new Spot(spot.path(), inFull(leaf), spot.reading()));
        }
        if (spot.node() instanceof Tree.Leaf leaf
                && cases.stream().anyMatch(c -> c.tag().equals(leaf.text()))) {
            spot.wrongType("a block of keys", "Write {type: " + leaf.text() + "}");
            return null;
        }
        if (!(spot.node() instanceof Tree.Branch branch)) {
            return cases.getFirst().block().read(spot);
        }
        Tree.Entry entry = branch.entry(TAG);
        String tag = entry == null ? cases.getFirst().tag() : tagAt(spot.child(TAG, entry.value()));
        if (tag == null) {
            return null;
        }
        Case<T, ? extends T> chosen = named(tag);
        return chosen.block().read(spot, key -> elsewhere(chosen, key));
    }

    private static Tree inFull(Tree.Leaf leaf) {
        return new Tree.Branch(List.of(new Tree.Entry(TAG, leaf.place(), leaf)), leaf.place());
    }

    private Case<T, ? extends T> named(String tag) {
        return cases.stream().filter(c -> c.tag().equals(tag)).findFirst().orElseThrow();
    }

    private @Nullable String tagAt(Spot spot) {
        return TextTypes.word(cases.stream().<String>map(Case::tag).toList(), later.toArray(String[]::new))
                .read(spot);
    }

    /// A key of another case is no slip of the fingers, unless it is also one.
    private @Nullable String elsewhere(Case<T, ? extends T> chosen, String key) {
        for (Case<T, ? extends T> other : cases) {
            if (other.block().names().contains(key)
                    && Nearest.of(key, chosen.block().names()) == null) {
                return "It belongs to 'type: " + other.tag() + "', and the type here is " + chosen.tag();
            }
        }
        return null;
    }

    @Override
    public Object write(T value) {
        return cases.stream()
                .filter(c -> c.type().isInstance(value))
                .map(c -> write(c, value))
                .findFirst()
                .orElseThrow();
    }

    private static <T, C extends T> Object write(Case<T, C> chosen, T value) {
        return chosen.block().write(chosen.type().cast(value));
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of("oneOf", cases.stream().map(c -> c.block().schema()).toList());
    }

    @Override
    public void walk(String path, BiConsumer<String, Field<?, ?>> visitor) {
        cases.forEach(c -> c.block().walk(path, visitor));
    }
}
