package dev.sampan.data;

/// The place of a category in the order of frequency, for a table of embeddings; the last is that of the others.
public record IndexColumn(String name, KnownCategories categories) implements FittedColumn.Index {
    @Override
    public int size() {
        return categories.size() + 1;
    }

    @Override
    public int index(String value) {
        return categories.place(value);
    }

    @Override
    public String example() {
        return categories.typical();
    }
}
