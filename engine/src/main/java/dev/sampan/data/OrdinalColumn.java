package dev.sampan.data;

/// The place of a category in the order of frequency as one number: 0 for the most frequent, and for the others as many
/// as there are categories.
public record OrdinalColumn(String name, KnownCategories categories) implements FittedColumn.Numbers {
    @Override
    public int width() {
        return 1;
    }

    @Override
    public void fill(String value, float[] target, int at) {
        target[at] = categories.place(value);
    }

    @Override
    public String example() {
        return categories.typical();
    }
}
