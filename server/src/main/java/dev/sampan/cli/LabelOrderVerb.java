package dev.sampan.cli;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.sampan.data.Row;
import dev.sampan.data.label.LabelOrder;
import dev.sampan.studio.StageProgress;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The rows that are worth labelling next, the best first, as CSV: their columns, their place in the file, the
/// doubt.
@Command(name = "order", resourceBundle = "messages.cli", mixinStandardHelpOptions = true)
final class LabelOrderVerb extends LocalVerb {
    @Mixin
    private DataFile file = new DataFile();

    @Option(names = "--by", defaultValue = "MIXED", paramLabel = "RULE", descriptionKey = "option.by")
    private LabelOrder.By by = LabelOrder.By.MIXED;

    @Option(names = "--count", defaultValue = "100", descriptionKey = "option.count")
    private int count = 100;

    @Option(names = "--seed", defaultValue = "42", descriptionKey = "option.seed")
    private long seed = 42;

    @Override
    void work(StageProgress progress) {
        requireWithin("--count", count, 1, 1_000_000);
        LabelRows rows = LabelRows.of(file, file.model(), progress);
        List<Integer> order = LabelOrder.of(rows.scores(), rows.scores(), by, count, seed);
        if (json()) {
            printJson(Map.of(
                    "by",
                    by.name().toLowerCase(Locale.ROOT),
                    "rows",
                    order.stream()
                            .map(row -> Map.of(
                                    "row", row, "origin", rows.rows().get(row).origin(), "doubt", doubt(rows, row)))
                            .toList()));
            return;
        }
        try {
            CsvWriter csv = CsvWriter.builder().build(new OutputStreamWriter(System.out, StandardCharsets.UTF_8));
            List<String> header = new ArrayList<>(rows.columns());
            header.addAll(List.of("origin", "doubt"));
            csv.writeRecord(header);
            for (int row : order) {
                Row of = rows.rows().get(row);
                List<String> values = new ArrayList<>(of.values());
                values.add(of.origin());
                values.add(String.format(Locale.ROOT, "%.4f", doubt(rows, row)));
                csv.writeRecord(values);
            }
            csv.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the rows cannot be written", e);
        }
    }

    private double doubt(LabelRows rows, int row) {
        return LabelOrder.doubt(rows.scores()[row], by);
    }
}
