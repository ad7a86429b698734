package dev.sampan.data;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.privacy.MaskStyle;
import dev.sampan.privacy.PersonalData;
import dev.sampan.spec.CleanStep;
import dev.sampan.spec.DataSpec;
import dev.sampan.spec.DataSpec.Format;
import dev.sampan.spec.DataSpec.InputFeature;
import dev.sampan.spec.DataSpec.InputType;
import dev.sampan.spec.DataSpec.OutputFeature;
import dev.sampan.spec.DataSpec.OutputType;
import dev.sampan.spec.DataSpec.QualityCheck;
import dev.sampan.spec.EvaluateSpec;
import dev.sampan.spec.ExplainSpec;
import dev.sampan.spec.ModelSpec;
import dev.sampan.spec.RegisterSpec;
import dev.sampan.spec.ServeSpec;
import dev.sampan.spec.SourceSpec;
import dev.sampan.spec.Spec;
import dev.sampan.spec.SplitSpec;
import dev.sampan.spec.Task;
import dev.sampan.spec.TrackSpec;
import dev.sampan.spec.TrainSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/// Specifications and files for the tests of this room: `aSpec("*.csv").splitBy("customer")…`.
final class DataFixture {
    static final List<CleanStep> TEXT_STEPS =
            List.of(new CleanStep.StripControl(), new CleanStep.Nfkc(), new CleanStep.CollapseWhitespace());

    private String dataset = "data.csv";
    private @Nullable String testDataset;
    private String encoding = "auto";
    private List<InputFeature> inputs = List.of(new InputFeature("text", InputType.TEXT));
    private List<OutputFeature> outputs = List.of(new OutputFeature("label", OutputType.CATEGORY));
    private Format format = Format.AUTO;
    private SourceSpec source = SourceSpec.PLAIN;
    private final List<CleanStep> clean = new ArrayList<>(TEXT_STEPS);
    private List<QualityCheck> failOn = List.of();
    private List<QualityCheck> warnOn = List.of();
    private SplitSpec split = new SplitSpec(null, 1, 0, 0);

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
        inputs = Stream.of(names)
                .map(name -> new InputFeature(name, InputType.TEXT))
                .toList();
        return this;
    }

    DataFixture inputs(List<InputFeature> columns) {
        inputs = columns;
        clean.clear();
        return this;
    }

    /// `age:number`, `job:category`, …
    DataFixture columns(String... typed) {
        inputs = Stream.of(typed)
                .map(text -> text.split(":"))
                .map(pair -> new InputFeature(pair[0], InputType.valueOf(pair[1].toUpperCase(Locale.ROOT))))
                .toList();
        return this;
    }

    DataFixture inputs(InputFeature... features) {
        inputs = List.of(features);
        return this;
    }

    DataFixture number(String column) {
        outputs = List.of(new OutputFeature(column, OutputType.NUMBER));
        return this;
    }

    DataFixture spans(String column) {
        outputs = List.of(new OutputFeature(column, OutputType.SEQUENCE));
        clean.clear();
        return this;
    }

    DataFixture noOutput() {
        outputs = List.of();
        return this;
    }

    DataFixture format(Format other) {
        format = other;
        return this;
    }

    DataFixture source(SourceSpec other) {
        source = other;
        return this;
    }

    DataFixture missing(String... written) {
        source = new SourceSpec(null, true, List.of(), List.of(written), null, null, null);
        return this;
    }

    DataFixture query(String sql) {
        source = new SourceSpec(null, true, List.of(), List.of(), sql, null, null);
        return this;
    }

    DataFixture split(SplitSpec other) {
        split = other;
        return this;
    }

    DataFixture output(String name) {
        outputs = List.of(new OutputFeature(name, OutputType.CATEGORY));
        return this;
    }

    DataFixture dedupe(double near) {
        clean.add(new CleanStep.Dedupe(near));
        return this;
    }

    DataFixture mask(PersonalData... kinds) {
        clean.add(new CleanStep.Mask(List.of(kinds), MaskStyle.LABEL, null));
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
        split = new SplitSpec(split.column(), train, validation, test);
        return this;
    }

    DataFixture splitBy(String column) {
        split = new SplitSpec(column, split.train(), split.validation(), split.test());
        return this;
    }

    Spec in(Path folder) {
        DataSpec data = new DataSpec(
                dataset,
                testDataset,
                format,
                encoding,
                inputs,
                outputs,
                new DataSpec.QualitySpec(failOn, warnOn),
                clean,
                split,
                source);
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
                new TrackSpec("test", Map.of()),
                null,
                folder);
    }

    static Path write(Path folder, String name, String content) {
        return write(folder, name, content, StandardCharsets.UTF_8);
    }

    static Path write(Path folder, String name, String content, Charset charset) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.toAbsolutePath().resolveSibling(""));
            return Files.write(file, content.getBytes(charset));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The first problem that the action ends with.
    static Problem problem(ThrowingCallable action) {
        try {
            action.call();
        } catch (ProblemException e) {
            return e.problems().getFirst();
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("no problem");
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
