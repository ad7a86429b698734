package dev.sampan.spec.internal;

import dev.sampan.kernel.Nearest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A mapping of known keys ⇄ a record.
///
/// @param fields in the order in which they are written
/// @param later keys of the whole vision that this version does not run
/// @param build the record; null after telling a problem
record Block<R>(List<Field<R, ?>> fields, Set<String> later, Function<Values, @Nullable R> build) implements Type<R> {
    @Override
    public @Nullable R read(Spot spot) {
        return read(spot, _ -> null);
    }

    /// @param elsewhere a remedy for a key that is unknown here but known in another place
    @Nullable
    R read(Spot spot, Function<String, @Nullable String> elsewhere) {
        List<Tree.Entry> entries = entries(spot);
        if (entries == null) {
            return null;
        }
        int before = spot.reading().problems();
        Values values = new Values(spot);
        Map<Field<R, ?>, Tree.Entry> written = new HashMap<>();
        Set<String> meant = new HashSet<>();
        for (Tree.Entry entry : entries) {
            Field<R, ?> field = field(entry.key());
            if (field == null) {
                refuse(spot, entry, elsewhere);
                meant.add(String.valueOf(Nearest.of(entry.key(), names())));
            } else if (written.putIfAbsent(field, entry) != null) {
                twice(spot, entry, written.get(field));
            } else {
                readField(spot, field, entry, values);
            }
        }
        // A slip of the fingers is one mistake, not an unknown key and a missing one.
        fields.stream()
                .filter(f -> !written.containsKey(f) && !meant.contains(f.name()))
                .forEach(f -> absent(spot, f, values));
        return spot.reading().problems() > before ? null : build.apply(values);
    }

    private static @Nullable List<Tree.Entry> entries(Spot spot) {
        return switch (spot.node()) {
            case Tree.Branch branch -> branch.entries();
            case Tree.Leaf leaf when leaf.isNull() -> List.of();
            case Tree.Leaf _, Tree.Items _ -> {
                spot.wrongType("a block of keys", "Write its keys below it, indented, each as 'key: value'");
                yield null;
            }
        };
    }

    private @Nullable Field<R, ?> field(String key) {
        return fields.stream().filter(f -> f.answersTo(key)).findFirst().orElse(null);
    }

    private static <R, T> void readField(Spot spot, Field<R, T> field, Tree.Entry entry, Values values) {
        Spot child = spot.child(field.name(), entry.value());
        boolean empty = entry.value() instanceof Tree.Leaf leaf && leaf.isNull();
        if (empty && field.presence() == Field.Presence.NULLABLE) {
            return;
        }
        T value = field.type().read(child);
        if (value != null) {
            values.put(field, value);
        }
    }

    private static void absent(Spot spot, Field<?, ?> field, Values values) {
        Object fallback = field.fallback();
        if (fallback != null) {
            values.put(field, fallback);
        } else if (field.presence() == Field.Presence.REQUIRED) {
            String where = spot.path().isEmpty() ? "The file" : spot.path();
            spot.problem(
                    "spec.missing_key",
                    where + " lacks the key '" + field.name() + "'",
                    "Add '" + field.name() + ": …': " + field.description());
        }
    }

    private static void twice(Spot spot, Tree.Entry entry, Tree.Entry first) {
        spot.reading()
                .problem(
                        entry.place(),
                        "spec.duplicate_key",
                        "'" + entry.key() + "' and '" + first.key() + "' are two names of one key",
                        "Keep one of them");
    }

    private void refuse(Spot spot, Tree.Entry entry, Function<String, @Nullable String> elsewhere) {
        String key = spot.path().isEmpty() ? entry.key() : spot.path() + "." + entry.key();
        if (later.contains(entry.key())) {
            spot.reading()
                    .problem(entry.place(), Spot.NOT_YET, "'" + key + "' is not in this version", "Leave the key out");
            return;
        }
        String remedy = elsewhere.apply(entry.key());
        if (remedy == null) {
            remedy = nearest(entry.key());
        }
        String shown = Scalars.quoted(key);
        spot.reading().problem(entry.place(), "spec.unknown_key", shown + " is not a known key", remedy);
    }

    private String nearest(String key) {
        List<String> names = new ArrayList<>();
        for (Field<R, ?> field : fields) {
            names.add(field.name());
            names.addAll(field.aliases());
        }
        String near = Nearest.of(key, names);
        if (near != null) {
            return "Did you mean '" + near + "'?";
        }
        String home = SpecTable.homeOf(key);
        if (home != null) {
            return "It belongs to " + home;
        }
        return names.isEmpty() ? "Leave it out" : "Known here: " + String.join(", ", names());
    }

    /// What stands when the whole block is absent.
    R defaults() {
        Reading reading = new Reading();
        R value = read(new Spot("", Tree.of(Map.of(), ""), reading));
        reading.end();
        return Objects.requireNonNull(value);
    }

    List<String> names() {
        return fields.stream().map(Field::name).toList();
    }

    @Override
    public Object write(R value) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (Field<R, ?> field : fields) {
            map.put(field.name(), field.write(value));
        }
        return map;
    }

    @Override
    public Map<String, Object> schema() {
        return Schemas.object(fields);
    }

    @Override
    public void walk(String path, BiConsumer<String, Field<?, ?>> visitor) {
        for (Field<R, ?> field : fields) {
            visitor.accept(path, field);
            field.type().walk(path.isEmpty() ? field.name() : path + "." + field.name(), visitor);
        }
    }
}
