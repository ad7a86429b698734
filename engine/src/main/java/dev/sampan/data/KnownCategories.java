package dev.sampan.data;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The categories of a column that are told apart, the most frequent first; in JSON a list. All that is not among them,
/// seldom seen or never, is one: the others.
public final class KnownCategories {
    private final List<String> names;
    private final Map<String, Integer> places = new HashMap<>();

    @JsonCreator
    public KnownCategories(List<String> names) {
        this.names = List.copyOf(names);
        for (String name : names) {
            if (places.put(name, places.size()) != null) {
                throw new IllegalArgumentException("the category '" + name + "' is there twice");
            }
        }
    }

    @JsonValue
    public List<String> names() {
        return names;
    }

    public int size() {
        return names.size();
    }

    /// From 0; [#size] for the others.
    public int place(String value) {
        return places.getOrDefault(value.strip(), names.size());
    }

    /// A category that stands for any: the most frequent.
    String typical() {
        return names.isEmpty() ? "" : names.getFirst();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KnownCategories categories && names.equals(categories.names);
    }

    @Override
    public int hashCode() {
        return names.hashCode();
    }

    @Override
    public String toString() {
        return names.toString();
    }
}
