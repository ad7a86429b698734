package dev.sampan.cli;

import dev.sampan.data.Datasets;
import dev.sampan.data.Row;
import dev.sampan.data.RowReader;
import dev.sampan.data.Spans;
import dev.sampan.data.label.LabelStudio;
import dev.sampan.data.label.Labelled;
import dev.sampan.data.label.Labelled.Annotation;
import dev.sampan.model.ModelPackage;
import dev.sampan.runtime.Prediction;
import dev.sampan.runtime.Runtime;
import dev.sampan.runtime.Runtimes;
import dev.sampan.spec.DataSpec;
import dev.sampan.studio.StageProgress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Rows as tasks for Label Studio, with a model's answers as a first proposal.
@Command(name = "export", resourceBundle = "messages.cli", mixinStandardHelpOptions = true)
final class LabelExportVerb extends LocalVerb {
    @Parameters(index = "0", paramLabel = "DATA", descriptionKey = "parameter.data")
    private @Nullable Path data;

    @Mixin
    private OutputFile output = new OutputFile();

    @Option(names = "--model", paramLabel = "DIR", descriptionKey = "option.prelabel")
    private @Nullable Path model;

    @Option(names = "--encoding", defaultValue = "auto", descriptionKey = "option.encoding")
    private String encoding = "auto";

    @Option(names = "--label", paramLabel = "COLUMN", descriptionKey = "option.known_label")
    private @Nullable String label;

    @Option(names = "--show", paramLabel = "COLUMN", descriptionKey = "option.show")
    private @Nullable String show;

    @Override
    void work(StageProgress progress) {
        output.check();
        List<Labelled> tasks = new ArrayList<>();
        List<String> columns;
        try (RowReader rows =
                Datasets.read(Objects.requireNonNull(data, "picocli asks for it"), DataSpec.Format.AUTO, encoding)) {
            columns = rows.columns();
            int truth = label == null ? -1 : columns.indexOf(label);
            if (label != null && truth < 0) {
                throw LabelRows.missing(label, columns);
            }
            for (Row row = rows.next(); row != null; row = rows.next()) {
                tasks.add(task(columns, row, truth, shown(columns)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(data + " cannot be read", e);
        }
        if (model != null) {
            tasks = prelabelled(ModelPackage.open(model), tasks, progress);
        }
        List<Labelled> all = tasks;
        String shown = shown(columns);
        output.write(beside -> LabelStudio.write(beside, all, shown));
        if (json()) {
            printJson(Map.of("output", output.path().toString(), "tasks", all.size(), "shown", shown));
        } else {
            System.out.println(Texts.get("label.exported", all.size(), output.path(), shown));
        }
    }

    private String shown(List<String> columns) {
        if (show == null) {
            return columns.stream()
                    .filter(column -> !column.equals(label))
                    .filter(column -> column.equals("text") || column.equals("image"))
                    .findFirst()
                    .orElse(columns.getFirst());
        }
        if (!columns.contains(show)) {
            throw LabelRows.missing(show, columns);
        }
        return show;
    }

    private static Labelled task(List<String> columns, Row row, int truth, String shown) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            if (i != truth) {
                values.put(columns.get(i), row.values().get(i));
            }
        }
        String known = truth < 0 ? "" : row.values().get(truth).strip();
        if (known.isEmpty()) {
            return new Labelled(values, List.of(), List.of());
        }
        Annotation annotation = known.startsWith("[{") || known.equals("[]") || known.startsWith("{")
                ? new Annotation("", List.of(), Spans.read(known, values.getOrDefault(shown, ""), row.origin()), null)
                : new Annotation("", List.of(known), List.of(), null);
        return new Labelled(values, List.of(annotation), List.of());
    }

    private static List<Labelled> prelabelled(ModelPackage model, List<Labelled> tasks, StageProgress progress) {
        try (Runtime runtime = Runtimes.openForManyRows(model)) {
            List<Prediction> predictions = LabelRows.predict(
                    runtime, tasks.stream().map(Labelled::data).toList(), progress);
            List<Labelled> labelled = new ArrayList<>();
            for (int i = 0; i < tasks.size(); i++) {
                Labelled task = tasks.get(i);
                labelled.add(new Labelled(
                        task.data(),
                        task.annotations(),
                        List.of(LabelRows.proposal(model.version().hex().substring(0, 12), predictions.get(i)))));
            }
            return labelled;
        }
    }
}
