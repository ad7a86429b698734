package dev.sampan.training.internal.tabular;

import dev.sampan.data.ColumnFeatures;
import dev.sampan.data.LinksColumn;
import dev.sampan.data.NamedTensors;
import dev.sampan.data.NamedTensors.Floats;
import dev.sampan.data.NamedTensors.Longs;
import dev.sampan.data.NamedTensors.Values;
import dev.sampan.training.loop.Batch;
import dev.sampan.training.loop.Examples;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Encoded rows with their links.
///
/// @param links places of each row's links
record GraphExamples(EncodedTable table, LinksColumn column, List<int[]> links) implements Examples {
    @Override
    public int rows() {
        return table.rows();
    }

    @Override
    public Batch batch(int[] rows, @Nullable SplittableRandom random) {
        EncodedTable some = table.select(rows);
        List<int[]> chosen = new ArrayList<>();
        long[] labels = new long[rows.length];
        for (int i = 0; i < rows.length; i++) {
            chosen.add(links.get(rows[i]));
            labels[i] = (long) some.answers()[i];
        }
        Map<String, Values> inputs = new LinkedHashMap<>();
        inputs.put(ColumnFeatures.NUMBERS, new Floats(some.numbers(), some.rows(), some.width()));
        List<Values> values = column.values(chosen);
        for (int i = 0; i < values.size(); i++) {
            inputs.put(column.tensors().get(i).name(), values.get(i));
        }
        return new Batch(new NamedTensors(some.rows(), inputs), new Longs(labels, some.rows()));
    }
}
