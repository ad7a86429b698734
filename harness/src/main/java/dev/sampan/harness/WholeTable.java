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
import java.util.List;

/// The rows of a specification's first file, in memory.
record WholeTable(List<String> columns, List<Row> rows) {
    static WholeTable of(Spec spec) throws IOException {
        try (RowReader reader = Datasets.read(
                Datasets.files(spec).getFirst(),
                spec.data().format(),
                spec.data().encoding())) {
            List<Row> rows = new ArrayList<>();
            for (Row row = reader.next(); row != null; row = reader.next()) {
                rows.add(row);
            }
            return new WholeTable(reader.columns(), rows);
        }
    }

    /// Some rows under the same columns.
    void write(Path file, List<Row> some) throws IOException {
        try (CsvWriter csv = CsvWriter.builder().build(Files.newBufferedWriter(file))) {
            csv.writeRecord(columns);
            some.forEach(row -> csv.writeRecord(row.values()));
        }
    }
}
