package dev.sampan.harness;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.sampan.data.Datasets;
import dev.sampan.data.Row;
import dev.sampan.data.RowReader;
import dev.sampan.spec.Spec;
import java.io.IOException;
import java.nio.file.Files;
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
        List<Row> rows = new ArrayList<>();
        List<String> columns = new ArrayList<>();
        try (RowReader reader = Datasets.read(
                Datasets.files(spec).getFirst(),
                spec.data().format(),
                spec.data().encoding())) {
            columns.addAll(reader.columns());
            List<Integer> read = spec.data().inputFeatures().stream()
                    .map(input -> columns.indexOf(input.name()))
                    .toList();
            Set<List<String>> seen = new HashSet<>();
            for (Row row = reader.next(); row != null; row = reader.next()) {
                List<String> values = row.values();
                if (seen.add(
                        read.stream().map(place -> values.get(place).strip()).toList())) {
                    rows.add(row);
                }
            }
        }
        Collections.shuffle(rows, new Random(seed));
        int tenth = rows.size() / 10;
        write(test, columns, rows.subList(0, tenth));
        write(train, columns, rows.subList(tenth, rows.size()));
        return List.of("data.dataset=" + train, "data.test_dataset=" + test, "data.split.probabilities=[0.9, 0.1]");
    }

    private static void write(Path file, List<String> columns, List<Row> rows) throws IOException {
        try (CsvWriter csv = CsvWriter.builder().build(Files.newBufferedWriter(file))) {
            csv.writeRecord(columns);
            rows.forEach(row -> csv.writeRecord(row.values()));
        }
    }
}
