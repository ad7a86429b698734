package dev.sampan.training.internal.fusion;

import dev.sampan.data.ColumnFeatures;
import dev.sampan.data.Dataset;
import dev.sampan.data.Datasets;
import dev.sampan.data.NamedTensors;
import dev.sampan.data.NamedTensors.Floats;
import dev.sampan.data.NamedTensors.Longs;
import dev.sampan.data.NamedTensors.Values;
import dev.sampan.data.NgramColumn;
import dev.sampan.data.NgramFeatures;
import dev.sampan.data.NgramFeatures.Grams;
import dev.sampan.data.OptionalImageColumn;
import dev.sampan.data.Row;
import dev.sampan.data.RowReader;
import dev.sampan.data.Split;
import dev.sampan.data.image.Augmentation;
import dev.sampan.data.image.Picture;
import dev.sampan.kernel.Progress;
import dev.sampan.spec.ImageAugment;
import dev.sampan.training.internal.images.PictureStore;
import dev.sampan.training.internal.tabular.EncodedTable;
import dev.sampan.training.internal.tabular.TableExamples.Quantity;
import dev.sampan.training.loop.Batch;
import dev.sampan.training.loop.Examples;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Rows of a split, part by part. N-grams and columns are in memory, pictures in their stores.
///
/// @param texts n-grams of each row, one list for each text column
/// @param answers of each row: the place of its label, or its number
/// @param scale how a number is learnt; null where a label is
/// @param augment what is done to pictures while learning
record FusionExamples(
        FusionParts parts,
        Split split,
        List<List<Grams>> texts,
        @Nullable EncodedTable table,
        float[] answers,
        @Nullable Quantity scale,
        List<ImageAugment> augment)
        implements Examples {
    /// @param scale null for labels, and for training rows whose own scale is to be found
    static FusionExamples of(
            Dataset dataset, FusionParts parts, Split split, @Nullable Quantity scale, Progress progress)
            throws IOException {
        List<List<Grams>> texts = new ArrayList<>();
        parts.texts().forEach(_ -> texts.add(new ArrayList<>()));
        float[] answers = new float[Math.toIntExact(dataset.count(split))];
        List<String> labels = parts.features().labels();
        try (RowReader reader = Datasets.rows(dataset, split)) {
            int at = 0;
            for (Row row = reader.next(); row != null; row = reader.next()) {
                for (int i = 0; i < texts.size(); i++) {
                    NgramColumn column = parts.texts().get(i);
                    String text = row.values().get(dataset.inputs().indexOf(column.name()));
                    texts.get(i).add(column.grams(List.of(text)).getFirst());
                }
                String answer = row.values().get(dataset.inputs().size());
                answers[at++] = labels.isEmpty() ? Float.parseFloat(answer) : Math.max(0, labels.indexOf(answer));
            }
        }
        EncodedTable table = parts.table() == null ? null : EncodedTable.of(dataset, parts.table(), split, progress);
        Quantity used = labels.isEmpty() && scale == null ? Quantity.of(answers) : scale;
        return new FusionExamples(parts, split, texts, table, answers, used, List.of());
    }

    FusionExamples augmented(List<ImageAugment> steps) {
        return new FusionExamples(parts, split, texts, table, answers, scale, steps);
    }

    @Override
    public int rows() {
        return answers.length;
    }

    @Override
    public Batch batch(int[] rows, @Nullable SplittableRandom random) {
        Map<String, Values> inputs = new LinkedHashMap<>();
        for (int i = 0; i < texts.size(); i++) {
            List<Grams> of = texts.get(i);
            List<Values> padded =
                    NgramFeatures.padded(Arrays.stream(rows).mapToObj(of::get).toList());
            inputs.put(parts.texts().get(i).ids(), padded.getFirst());
            inputs.put(parts.texts().get(i).weights(), padded.getLast());
        }
        for (FusionParts.Pictures pictures : parts.pictures()) {
            List<Values> made = pictures(pictures.column(), pictures.of(split), rows, random);
            inputs.put(pictures.column().image().tensor(), made.getFirst());
            inputs.put(pictures.column().present(), made.getLast());
        }
        if (table != null) {
            EncodedTable some = table.select(rows);
            if (some.width() > 0) {
                inputs.put(ColumnFeatures.NUMBERS, new Floats(some.numbers(), some.rows(), some.width()));
            }
            if (some.indexes() > 0) {
                inputs.put(ColumnFeatures.CATEGORIES, new Longs(some.categories(), some.rows(), some.indexes()));
            }
        }
        return new Batch(new NamedTensors(rows.length, inputs), targets(rows));
    }

    private List<Values> pictures(
            OptionalImageColumn column, PictureStore store, int[] rows, @Nullable SplittableRandom random) {
        int size = column.image().frame().size();
        float[] pixels = new float[Math.multiplyExact(rows.length, size)];
        float[] present = new float[rows.length];
        for (int i = 0; i < rows.length; i++) {
            if (store.present(rows[i])) {
                Picture picture = store.picture(rows[i]);
                if (random != null) {
                    picture = Augmentation.of(picture, augment, random.split());
                }
                column.image().fill(picture.pixels(), pixels, i * size);
                present[i] = 1;
            }
        }
        return column.values(pixels, present);
    }

    private Values targets(int[] rows) {
        if (scale == null) {
            return new Longs(
                    Arrays.stream(rows).mapToLong(row -> (long) answers[row]).toArray(), rows.length);
        }
        float[] scaled = new float[rows.length];
        for (int i = 0; i < rows.length; i++) {
            scaled[i] = (float) ((answers[rows[i]] - scale.mean()) / scale.deviation());
        }
        return new Floats(scaled, rows.length);
    }

    /// Rows of each label; none where no label is answered.
    Map<String, Long> counts() {
        Map<String, Long> counts = new LinkedHashMap<>();
        List<String> labels = parts.features().labels();
        labels.forEach(label -> counts.put(label, 0L));
        for (int row = 0; row < rows() && !labels.isEmpty(); row++) {
            counts.merge(labels.get((int) answers[row]), 1L, Long::sum);
        }
        return counts;
    }
}
