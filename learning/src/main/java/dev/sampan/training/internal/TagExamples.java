package dev.sampan.training.internal;

import dev.sampan.data.NamedTensors;
import dev.sampan.data.NamedTensors.Longs;
import dev.sampan.data.TagFeatures;
import dev.sampan.data.TextFeatures;
import dev.sampan.network.objectives.CrossEntropy;
import dev.sampan.training.loop.Batch;
import dev.sampan.training.loop.Examples;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Windows of a [TagStore], padded behind. While learning, ids of all streams that are rare are now and then read as
/// unknown, by the rule of [RareTokens].
///
/// @param rare for each stream the probability by id
record TagExamples(TagStore store, List<float[]> rare) implements Examples {
    static final List<String> INPUTS = List.of(TextFeatures.INPUT_IDS, TagFeatures.PAIR_IDS, TagFeatures.WORD_IDS);
    private static final int UNKNOWN = 1;
    private static final double ALPHA = 0.25;

    /// Counts the ids of a store once.
    ///
    /// @param sizes ids there are in each stream
    static TagExamples learning(TagStore store, List<Integer> sizes) {
        long[][] counts = new long[sizes.size()][];
        for (int stream = 0; stream < counts.length; stream++) {
            counts[stream] = new long[sizes.get(stream)];
        }
        for (int row = 0; row < store.rows(); row++) {
            int[] numbers = store.row(row);
            for (int i = 0; i < numbers.length; i += TagStore.STREAMS) {
                for (int stream = 0; stream < counts.length; stream++) {
                    counts[stream][numbers[i + stream]]++;
                }
            }
        }
        return new TagExamples(
                store, Arrays.stream(counts).map(TagExamples::probabilities).toList());
    }

    private static float[] probabilities(long[] counts) {
        float[] replaced = new float[counts.length];
        for (int id = UNKNOWN + 1; id < counts.length; id++) {
            replaced[id] = (float) (ALPHA / (ALPHA + counts[id]));
        }
        return replaced;
    }

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
        long[][] streams = new long[INPUTS.size()][rows.length * time];
        long[] mask = new long[rows.length * time];
        long[] tags = new long[rows.length * time];
        Arrays.fill(tags, CrossEntropy.IGNORED);
        for (int i = 0; i < rows.length; i++) {
            int[] numbers = store.row(rows[i]);
            for (int t = 0; t < numbers.length / TagStore.STREAMS; t++) {
                int to = i * time + t;
                for (int stream = 0; stream < streams.length; stream++) {
                    int id = numbers[TagStore.STREAMS * t + stream];
                    float p = random == null ? 0 : rare.get(stream)[id];
                    streams[stream][to] =
                            random != null && p > 0 && random.nextInt() >>> 8 < p * (1 << 24) ? UNKNOWN : id;
                }
                mask[to] = 1;
                tags[to] = numbers[TagStore.STREAMS * t + 3];
            }
        }
        Map<String, NamedTensors.Values> inputs = new LinkedHashMap<>();
        for (int stream = 0; stream < streams.length; stream++) {
            inputs.put(INPUTS.get(stream), new Longs(streams[stream], rows.length, time));
        }
        inputs.put(TextFeatures.ATTENTION_MASK, new Longs(mask, rows.length, time));
        return new Batch(new NamedTensors(rows.length, inputs), new Longs(tags, rows.length, time));
    }
}
