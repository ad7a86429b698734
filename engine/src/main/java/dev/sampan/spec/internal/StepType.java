package dev.sampan.spec.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// One step of a list of steps: its name alone, or `name: {its keys}`.
///
/// @param later steps of the whole vision that this version does not run
record StepType<T>(List<Case<T, ? extends T>> cases, List<String> later) implements Type<T> {
    record Case<T, C extends T>(String name, Class<C> type, Block<C> block) {}

    @Override
    public @Nullable T read(Spot spot) {
        return switch (spot.node()) {
            case Tree.Leaf leaf when !leaf.isNull() -> readNamed(spot, leaf, null);
            case Tree.Branch(List<Tree.Entry> entries, Place _)
            when entries.size() == 1 ->
                readNamed(
                        spot,
                        new Tree.Leaf(
                                entries.getFirst().key(),
                                true,
                                entries.getFirst().place()),
                        entries.getFirst());
            case Tree.Leaf _, Tree.Items _, Tree.Branch _ -> {
                spot.wrongType("one step: " + String.join(", ", names()), "Write 'name' or 'name: {key: value}'");
                yield null;
            }
        };
    }

    private @Nullable T readNamed(Spot spot, Tree.Leaf name, Tree.@Nullable Entry entry) {
        String word =
                TextTypes.word(names(), later.toArray(String[]::new)).read(new Spot(spot.path(), name, spot.reading()));
        if (word == null) {
            return null;
        }
        Block<? extends T> block = cases.stream()
                .filter(c -> c.name().equals(word))
                .findFirst()
                .orElseThrow()
                .block();
        Tree below = entry == null ? new Tree.Branch(List.of(), name.place()) : entry.value();
        return block.read(spot.child(word, below));
    }

    private List<String> names() {
        return cases.stream().<String>map(Case::name).toList();
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
        Block<C> block = chosen.block();
        return block.fields().isEmpty()
                ? chosen.name()
                : Map.of(chosen.name(), block.write(chosen.type().cast(value)));
    }

    @Override
    public Map<String, Object> schema() {
        List<Object> forms = new ArrayList<>();
        forms.add(Map.of("enum", names()));
        cases.forEach(c -> forms.add(Schemas.single(c.name(), c.block().schema())));
        return Map.of("oneOf", forms);
    }

    @Override
    public void walk(String path, BiConsumer<String, Field<?, ?>> visitor) {
        cases.forEach(c -> c.block().walk(path + "." + c.name(), visitor));
    }
}
