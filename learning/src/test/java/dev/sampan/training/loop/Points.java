package dev.sampan.training.loop;

import dev.sampan.data.NamedTensors;
import dev.sampan.data.NamedTensors.Floats;
import dev.sampan.data.NamedTensors.Longs;
import dev.sampan.network.MlpClassifier;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Points of the plane in three classes, which are sectors around the origin.
record Points(float[] xy, long[] classes) implements Examples {
    static final int LABELS = 3;

    static Points of(int rows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] xy = new float[2 * rows];
        long[] classes = new long[rows];
        for (int row = 0; row < rows; row++) {
            double angle = random.nextDouble() * 2 * Math.PI;
            double radius = 0.5 + random.nextDouble();
            xy[2 * row] = (float) (radius * Math.cos(angle));
            xy[2 * row + 1] = (float) (radius * Math.sin(angle));
            classes[row] = (long) (angle / (2 * Math.PI) * LABELS);
        }
        return new Points(xy, classes);
    }

    static MlpClassifier network(double dropout, int... hidden) {
        List<Integer> sizes = java.util.Arrays.stream(hidden).boxed().toList();
        return new MlpClassifier(new MlpClassifier.Shape(2, sizes, dropout, List.of("a", "b", "c")), 3);
    }

    @Override
    public int rows() {
        return classes.length;
    }

    @Override
    public Batch batch(int[] rows, @Nullable SplittableRandom random) {
        float[] features = new float[2 * rows.length];
        long[] targets = new long[rows.length];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(xy, 2 * rows[i], features, 2 * i, 2);
            targets[i] = classes[rows[i]];
        }
        return new Batch(
                new NamedTensors(rows.length, Map.of(MlpClassifier.FEATURES, new Floats(features, rows.length, 2))),
                new Longs(targets, rows.length));
    }
}
