package dev.sampan.data;

import java.util.Arrays;

/// A number for each category, 1 for the value's own and 0 for the rest; the last is that of the others.
public record OneHotColumn(String name, KnownCategories categories) implements FittedColumn.Numbers {
    @Override
    public int width() {
        return categories.size() + 1;
    }

    @Override
    public void fill(String value, float[] target, int at) {
        Arrays.fill(target, at, at + width(), 0);
        target[at + categories.place(value)] = 1;
    }

    @Override
    public String example() {
        return categories.typical();
    }
}
