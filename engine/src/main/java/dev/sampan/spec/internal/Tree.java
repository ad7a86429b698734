package dev.sampan.spec.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A document as written, before anything is known about its keys. Every node keeps its place.
sealed interface Tree {
    Place place();

    /// How messages speak of what was received.
    String shown();

    /// A scalar.
    ///
    /// @param plain written without quotes, so that it may be a number, a truth value or nothing
    record Leaf(String text, boolean plain, Place place) implements Tree {
        boolean isNull() {
            return plain && Scalars.isNull(text);
        }

        @Override
        public String shown() {
            if (isNull()) {
                return "empty";
            }
            if (plain && Scalars.isTyped(text)) {
                return Scalars.isBool(text) ? text : "the number " + text;
            }
            return plain ? Scalars.quoted(text) : "the text " + Scalars.quoted(text);
        }
    }

    /// `- a` or `[a, b]`.
    record Items(List<Tree> items, Place place) implements Tree {
        public Items {
            items = List.copyOf(items);
        }

        @Override
        public String shown() {
            return items.isEmpty() ? "an empty list" : "a list";
        }
    }

    /// `a: b` or `{a: b}`, in the order written; keys are unique.
    record Branch(List<Entry> entries, Place place) implements Tree {
        public Branch {
            entries = List.copyOf(entries);
        }

        @Nullable
        Entry entry(String key) {
            return entries.stream().filter(e -> e.key().equals(key)).findFirst().orElse(null);
        }

        @Override
        public String shown() {
            return "a block of keys";
        }
    }

    /// One key of a [Branch].
    record Entry(String key, Place place, Tree value) {}

    /// A tree of the values that maps, lists, JSON and [Specs#toTree] hold. Its places are paths.
    ///
    /// @throws IllegalArgumentException for a value of another kind
    static Tree of(@Nullable Object value, String path) {
        Place place = new Place(path.isEmpty() ? "specification" : path, 0, 0, 0);
        return switch (value) {
            case null -> new Leaf("null", true, place);
            case String text -> new Leaf(text, false, place);
            case Boolean truth -> new Leaf(truth.toString(), true, place);
            case Number number -> new Leaf(number.toString(), true, place);
            case List<?> list -> {
                List<Tree> items = new ArrayList<>();
                for (Object item : list) {
                    items.add(of(item, path + "." + items.size()));
                }
                yield new Items(items, place);
            }
            case Map<?, ?> map -> {
                List<Entry> entries = new ArrayList<>();
                map.forEach((key, inner) -> {
                    Tree child = of(inner, path.isEmpty() ? key.toString() : path + "." + key);
                    entries.add(new Entry(key.toString(), child.place(), child));
                });
                yield new Branch(entries, place);
            }
            default -> throw new IllegalArgumentException("no YAML for " + value.getClass());
        };
    }
}
