package dev.sampan.cli;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.sampan.data.Spans;
import dev.sampan.data.label.Consensus;
import dev.sampan.data.label.LabelStudio;
import dev.sampan.data.label.Labelled;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.studio.StageProgress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Label Studio's export as rows to train on: one for each task that people agree on.
@Command(name = "import", resourceBundle = "messages.cli", mixinStandardHelpOptions = true)
final class LabelImportVerb extends LocalVerb {
    @Parameters(index = "0", paramLabel = "EXPORT", descriptionKey = "parameter.label_studio")
    private @Nullable Path file;

    @Mixin
    private OutputFile output = new OutputFile();

    @Option(names = "--label", paramLabel = "COLUMN", defaultValue = "label", descriptionKey = "option.label_column")
    private String label = "label";

    @Override
    void work(StageProgress progress) {
        output.check();
        List<Labelled> tasks = LabelStudio.read(Objects.requireNonNull(file, "picocli asks for it"));
        boolean spans = tasks.stream()
                .flatMap(task -> task.annotations().stream())
                .anyMatch(annotation -> !annotation.spans().isEmpty());
        Set<String> columns = new LinkedHashSet<>();
        tasks.forEach(task -> columns.addAll(task.data().keySet()));
        if (columns.contains(label)) {
            throw new ProblemException(
                    Problem.of("label.column_taken", "The tasks have a field '" + label + "' of their own")
                            .remedy("Name the column of the label otherwise: --label COLUMN"));
        }
        List<List<String>> rows = rows(tasks, columns, spans);
        output.write(beside -> {
            try (CsvWriter csv = CsvWriter.builder().build(beside)) {
                rows.forEach(csv::writeRecord);
            }
        });
        report(tasks, rows.size() - 1);
    }

    private List<List<String>> rows(List<Labelled> tasks, Set<String> columns, boolean spans) {
        List<List<String>> rows = new ArrayList<>();
        List<String> header = new ArrayList<>(columns);
        header.add(label);
        rows.add(header);
        for (Labelled task : tasks) {
            String answer = spans ? Spans.write(Consensus.spans(task)) : Consensus.choice(task);
            if (!task.annotations().isEmpty() && answer != null) {
                List<String> row = new ArrayList<>();
                columns.forEach(column -> row.add(task.data().getOrDefault(column, "")));
                row.add(answer);
                rows.add(row);
            }
        }
        return rows;
    }

    private void report(List<Labelled> tasks, int written) {
        long unlabelled =
                tasks.stream().filter(task -> task.annotations().isEmpty()).count();
        long ties = tasks.size() - unlabelled - written;
        if (json()) {
            printJson(Map.of(
                    "output",
                    output.path().toString(),
                    "tasks",
                    tasks.size(),
                    "rows",
                    written,
                    "unlabelled",
                    unlabelled,
                    "ties",
                    ties));
        } else {
            System.out.println(Texts.get("label.imported", written, tasks.size(), unlabelled, ties, output.path()));
        }
    }
}
