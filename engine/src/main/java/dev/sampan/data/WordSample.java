package dev.sampan.data;

import java.util.List;

/// A category: a share for each, of which the largest is the value.
///
/// @param categories as training rows write them, the most frequent first; the empty text among them where some
///     miss it
public record WordSample(String name, List<String> categories) implements SampleColumn {
    public WordSample {
        categories = List.copyOf(categories);
        if (categories.isEmpty()) {
            throw new IllegalArgumentException("'" + name + "' has no category");
        }
    }

    @Override
    public int width() {
        return categories.size();
    }

    @Override
    public int choices() {
        return categories.size();
    }

    @Override
    public String decode(float[] values, int at) {
        int best = 0;
        for (int i = 1; i < categories.size(); i++) {
            best = values[at + i] > values[at + best] ? i : best;
        }
        return categories.get(best);
    }
}
