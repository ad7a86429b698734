package dev.sampan.data;

import java.util.List;

/// The mean of what is to be answered over the training rows of a category, drawn towards the mean of all rows where
/// there are few: (Σ y + m ȳ) / (n + m) (Micci-Barreca 2001; scikit-learn's `TargetEncoder` with `smooth=m`). A
/// number for a quantity and for one of two classes, else one for each class.
///
/// @param means of each category, then of the others; each of [#width] numbers
public record TargetColumn(String name, KnownCategories categories, List<List<Double>> means)
        implements FittedColumn.Numbers {
    public TargetColumn {
        means = means.stream().map(List::copyOf).toList();
        int width = means.isEmpty() ? 0 : means.getFirst().size();
        if (means.size() != categories.size() + 1
                || width == 0
                || means.stream()
                        .anyMatch(mean -> mean.size() != width || !mean.stream().allMatch(Double::isFinite))) {
            throw new IllegalArgumentException(means.size() + " means of " + categories.size() + " categories");
        }
    }

    @Override
    public int width() {
        return means.getFirst().size();
    }

    @Override
    public void fill(String value, float[] target, int at) {
        List<Double> mean = means.get(categories.place(value));
        for (int i = 0; i < mean.size(); i++) {
            target[at + i] = mean.get(i).floatValue();
        }
    }

    @Override
    public String example() {
        return categories.typical();
    }
}
