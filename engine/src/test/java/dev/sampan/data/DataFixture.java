package dev.sampan.data;

import dev.sampan.spec.CleanStep;
import dev.sampan.spec.DataSpec;
import dev.sampan.spec.DataSpec.QualityCheck;
import dev.sampan.spec.EvaluateSpec;
import dev.sampan.spec.ExplainSpec;
import dev.sampan.spec.ModelSpec;
import dev.sampan.spec.RegisterSpec;
import dev.sampan.spec.ServeSpec;
import dev.sampan.spec.Spec;
import dev.sampan.spec.Task;
import dev.sampan.spec.TrainSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Specifications and files for the tests of this room: `aSpec("*.csv").splitBy("customer")…`.
final class DataFixture {
    static final List<CleanStep> TEXT_STEPS =
            List.of(new CleanStep.StripControl(), new CleanStep.Nfkc(), new CleanStep.CollapseWhitespace());

    private String dataset = "data.csv";
    private @Nullable String testDataset;
    private String encoding = "auto";
    private List<String> inputs = List.of("text");
    private String output = "label";
    private final List<CleanStep> clean = new ArrayList<>(TEXT_STEPS);
    private List<QualityCheck> failOn = List.of();
    private List<QualityCheck> warnOn = List.of();
    private DataSpec.SplitSpec split = new DataSpec.SplitSpec(null, 1, 0, 0);

    static DataFixture aSpec(String dataset) {
        DataFixture fixture = new DataFixture();
        fixture.dataset = dataset;
        return fixture;
    }

    DataFixture test(String file) {
        testDataset = file;
        return this;
    }

    DataFixture encoding(String name) {
        encoding = name;
        return this;
    }

    DataFixture inputs(String... names) {
        inputs = List.of(names);
        return this;
    }

    DataFixture output(String name) {
        output = name;
        return this;
    }

    DataFixture dedupe(double near) {
        clean.add(new CleanStep.Dedupe(near));
        return this;
    }

    DataFixture failOn(QualityCheck... checks) {
        failOn = List.of(checks);
        return this;
    }

    DataFixture warnOn(QualityCheck... checks) {
        warnOn = List.of(checks);
        return this;
    }

    DataFixture split(double train, double validation, double test) {
        split = new DataSpec.SplitSpec(split.column(), train, validation, test);
        return this;
    }

    DataFixture splitBy(String column) {
        split = new DataSpec.SplitSpec(column, split.train(), split.validation(), split.test());
        return this;
    }

    Spec in(Path folder) {
        DataSpec data = new DataSpec(
                dataset,
                testDataset,
                DataSpec.Format.AUTO,
                encoding,
                inputs.stream()
                        .map(name -> new DataSpec.InputFeature(name, DataSpec.InputType.TEXT))
                        .toList(),
                List.of(new DataSpec.OutputFeature(output, DataSpec.OutputType.CATEGORY)),
                new DataSpec.QualitySpec(failOn, warnOn),
                clean,
                split);
        return new Spec(
                1,
                "test",
                Task.TEXT_CLASSIFICATION,
                data,
                new ModelSpec.BiLstm(ModelSpec.Tokenizer.AUTO, 1000, 32, 8, 8, 8, 0),
                new TrainSpec(1, 8, 0.001, 0, 0, 1, TrainSpec.BestMetric.LOSS, 1, null),
                new EvaluateSpec(0.95, List.of()),
                new ExplainSpec(ExplainSpec.Method.AUTO, 0, 1),
                List.of(),
                List.of(),
                new RegisterSpec("test", "candidate"),
                new ServeSpec("test", 8),
                null,
                folder);
    }

    static Path write(Path folder, String name, String content) {
        return write(folder, name, content, StandardCharsets.UTF_8);
    }

    static Path write(Path folder, String name, String content, Charset charset) {
        try {
            return Files.write(folder.resolve(name), content.getBytes(charset));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Row> all(RowReader reader) {
        try (reader) {
            List<Row> rows = new ArrayList<>();
            for (Row row = reader.next(); row != null; row = reader.next()) {
                rows.add(row);
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Row> all(Dataset dataset, Split split) {
        return all(Datasets.rows(dataset, split));
    }

    static List<String> texts(Dataset dataset, Split split) {
        return all(dataset, split).stream().map(row -> row.values().getFirst()).toList();
    }
}
