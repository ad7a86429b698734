package dev.sampan.harness;

import dev.sampan.data.Row;
import dev.sampan.spec.Spec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// Writes a data set as two files, a random tenth of its distinct rows as the test file, and the overrides that use
/// them: how the Python figures were made.
final class RandomTenth {
    private RandomTenth() {}

    static List<String> write(Spec spec, long seed, Path folder) throws IOException {
        Path train = folder.resolve("train-" + seed + ".csv");
        Path test = folder.resolve("test-" + seed + ".csv");
        WholeTable table = WholeTable.of(spec);
        List<Integer> read = spec.data().inputFeatures().stream()
                .map(input -> table.columns().indexOf(input.name()))
                .toList();
        Set<List<String>> seen = new HashSet<>();
        List<Row> rows = new ArrayList<>(table.rows().stream()
                .filter(row -> seen.add(read.stream()
                        .map(place -> row.values().get(place).strip())
                        .toList()))
                .toList());
        Collections.shuffle(rows, new Random(seed));
        int tenth = rows.size() / 10;
        table.write(test, rows.subList(0, tenth));
        table.write(train, rows.subList(tenth, rows.size()));
        return List.of("data.dataset=" + train, "data.test_dataset=" + test, "data.split.probabilities=[0.9, 0.1]");
    }
}
