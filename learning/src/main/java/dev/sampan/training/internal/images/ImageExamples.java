package dev.sampan.training.internal.images;

import dev.sampan.data.ImageColumn;
import dev.sampan.data.NamedTensors;
import dev.sampan.data.NamedTensors.Floats;
import dev.sampan.data.NamedTensors.Longs;
import dev.sampan.data.image.Augmentation;
import dev.sampan.data.image.Picture;
import dev.sampan.spec.ImageAugment;
import dev.sampan.training.loop.Batch;
import dev.sampan.training.loop.Examples;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Pictures of a store with one class each.
///
/// @param augment what is done to them while learning
record ImageExamples(PictureStore store, ImageColumn column, List<ImageAugment> augment) implements Examples {
    @Override
    public int rows() {
        return store.rows();
    }

    @Override
    public Batch batch(int[] rows, @Nullable SplittableRandom random) {
        int size = column.frame().size();
        float[] values = new float[Math.multiplyExact(rows.length, size)];
        long[] labels = new long[rows.length];
        for (int i = 0; i < rows.length; i++) {
            Picture picture = store.picture(rows[i]);
            if (random != null) {
                picture = Augmentation.of(picture, augment, random.split());
            }
            column.fill(picture.pixels(), values, i * size);
            labels[i] = store.label(rows[i]);
        }
        Floats pixels = new Floats(
                values,
                rows.length,
                column.frame().channels(),
                column.frame().height(),
                column.frame().width());
        return new Batch(
                new NamedTensors(rows.length, Map.of(column.tensor(), pixels)), new Longs(labels, rows.length));
    }
}
