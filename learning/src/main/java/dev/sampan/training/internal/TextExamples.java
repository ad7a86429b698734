package dev.sampan.training.internal;

import dev.sampan.data.NamedTensors;
import dev.sampan.data.NamedTensors.Longs;
import dev.sampan.data.TextFeatures;
import dev.sampan.training.loop.Batch;
import dev.sampan.training.loop.Examples;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Texts of a [TokenStore] with one class each, padded behind.
///
/// @param rare what is now and then read as unknown while learning
record TextExamples(TokenStore store, RareTokens rare) implements Examples {
    @Override
    public int rows() {
        return store.rows();
    }

    @Override
    public int length(int row) {
        return store.length(row);
    }

    @Override
    public Batch batch(int[] rows, @Nullable SplittableRandom random) {
        int time = 1;
        for (int row : rows) {
            time = Math.max(time, store.length(row));
        }
        long[] ids = new long[rows.length * time];
        long[] mask = new long[ids.length];
        long[] labels = new long[rows.length];
        for (int i = 0; i < rows.length; i++) {
            int[] text = store.text(rows[i]);
            for (int t = 0; t < text.length; t++) {
                ids[i * time + t] = text[t];
                mask[i * time + t] = 1;
            }
            labels[i] = store.label(rows[i]);
        }
        if (random != null) {
            rare.apply(ids, time, random);
        }
        Map<String, NamedTensors.Values> inputs = new LinkedHashMap<>();
        inputs.put(TextFeatures.INPUT_IDS, new Longs(ids, rows.length, time));
        inputs.put(TextFeatures.ATTENTION_MASK, new Longs(mask, rows.length, time));
        return new Batch(new NamedTensors(rows.length, inputs), new Longs(labels, rows.length));
    }
}
