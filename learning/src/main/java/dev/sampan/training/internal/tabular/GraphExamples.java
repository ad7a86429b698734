package dev.sampan.training.internal.tabular;

import dev.sampan.data.LinksColumn;
import dev.sampan.data.NamedTensors;
import dev.sampan.data.NamedTensors.Values;
import dev.sampan.training.loop.Batch;
import dev.sampan.training.loop.Examples;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
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
        Batch batch = new TableExamples(table, new TableExamples.Labels()).batch(rows, random);
        Map<String, Values> inputs = new LinkedHashMap<>(batch.inputs().tensors());
        List<Values> values =
                column.values(IntStream.of(rows).mapToObj(links::get).toList());
        for (int i = 0; i < values.size(); i++) {
            inputs.put(column.tensors().get(i).name(), values.get(i));
        }
        return new Batch(new NamedTensors(rows.length, inputs), batch.targets());
    }
}
