package dev.sampan.spec.internal;

import dev.sampan.spec.CleanStep;
import dev.sampan.spec.DataSpec;
import dev.sampan.spec.DataSpec.Format;
import dev.sampan.spec.DataSpec.InputFeature;
import dev.sampan.spec.DataSpec.InputType;
import dev.sampan.spec.DataSpec.OutputFeature;
import dev.sampan.spec.DataSpec.OutputType;
import dev.sampan.spec.DataSpec.QualityCheck;
import dev.sampan.spec.DataSpec.QualitySpec;
import dev.sampan.spec.DataSpec.SplitSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The keys of block `data`.
final class DataTable {
    private static final List<Double> PROBABILITIES = List.of(0.8, 0.1, 0.1);

    static final Block<QualitySpec> QUALITY = quality();
    static final Type<CleanStep> CLEAN_STEP = cleanStep();
    static final Block<SplitSpec> SPLIT = split();
    static final Block<DataSpec> DATA = data();

    private DataTable() {}

    private static Block<InputFeature> inputFeature() {
        Field<InputFeature, String> name = Field.required(
                "name", TextTypes.text(), "Column of the data set that the model reads", InputFeature::name);
        Field<InputFeature, InputType> type = Field.of(
                "type",
                TextTypes.choice(InputType.class, "binary", "audio", "sequence", "set", "bag", "vector", "timeseries"),
                InputType.TEXT,
                "What the column holds",
                InputFeature::type);
        return new Block<>(
                List.of(name, type),
                Set.of("encoder", "preprocessing", "tied"),
                v -> new InputFeature(v.get(name), v.get(type)));
    }

    private static Block<OutputFeature> outputFeature() {
        Field<OutputFeature, String> name = Field.required(
                "name", TextTypes.text(), "Column of the data set that the model answers", OutputFeature::name);
        Field<OutputFeature, OutputType> type = Field.of(
                "type",
                TextTypes.choice(OutputType.class, "binary", "text", "set", "vector", "timeseries"),
                OutputType.CATEGORY,
                "What the column holds",
                OutputFeature::type);
        return new Block<>(
                List.of(name, type),
                Set.of("decoder", "loss", "preprocessing"),
                v -> new OutputFeature(v.get(name), v.get(type)));
    }

    private static Block<QualitySpec> quality() {
        Type<List<QualityCheck>> checks =
                new ListType<>(TextTypes.choice(QualityCheck.class), "checks", 0, QualityCheck.values().length);
        Field<QualitySpec, List<QualityCheck>> failOn = Field.of(
                "fail_on",
                checks,
                List.of(
                        QualityCheck.SINGLE_CLASS,
                        QualityCheck.MISSING_LABEL,
                        QualityCheck.TARGET_LEAKAGE,
                        QualityCheck.DUPLICATE_ACROSS_SPLITS),
                "Findings that end the run",
                QualitySpec::failOn);
        Field<QualitySpec, List<QualityCheck>> warnOn = Field.derived(
                "warn_on",
                checks,
                "Findings that are told and do not end the run; default: every check that is not in fail_on",
                QualitySpec::warnOn);
        return new Block<>(List.of(failOn, warnOn), Set.of(), v -> quality(v, v.get(failOn), v.find(warnOn)));
    }

    private static @Nullable QualitySpec quality(
            Values values, List<QualityCheck> failOn, @Nullable List<QualityCheck> warnOn) {
        if (warnOn == null) {
            return new QualitySpec(
                    failOn,
                    List.of(QualityCheck.values()).stream()
                            .filter(check -> !failOn.contains(check))
                            .toList());
        }
        for (QualityCheck check : warnOn) {
            if (failOn.contains(check)) {
                String name = check.name().toLowerCase(Locale.ROOT);
                values.problem(
                        "warn_on",
                        Spot.OUT_OF_RANGE,
                        "The check '" + name + "' stands in warn_on, and fail_on holds it too",
                        "Write fail_on without it, or leave it out of warn_on");
                return null;
            }
        }
        return new QualitySpec(failOn, warnOn);
    }

    private static Type<CleanStep> cleanStep() {
        Field<CleanStep.Dedupe, Double> near = Field.of(
                "near",
                NumberTypes.number(NumberTypes.Range.closed(0.5, 1.0)),
                0.9,
                "Character 3-gram Jaccard similarity from which rows of one label count as the same; 1 drops exact"
                        + " repetitions alone",
                CleanStep.Dedupe::near);
        return new StepType<>(
                List.of(
                        new StepType.Case<>(
                                "strip_control", CleanStep.StripControl.class, empty(new CleanStep.StripControl())),
                        new StepType.Case<>("nfkc", CleanStep.Nfkc.class, empty(new CleanStep.Nfkc())),
                        new StepType.Case<>(
                                "collapse_whitespace",
                                CleanStep.CollapseWhitespace.class,
                                empty(new CleanStep.CollapseWhitespace())),
                        new StepType.Case<>(
                                "dedupe",
                                CleanStep.Dedupe.class,
                                new Block<>(List.of(near), Set.of("group"), v -> new CleanStep.Dedupe(v.get(near))))),
                List.of("mask", "lowercase", "strip_html", "traditional_to_simplified"));
    }

    private static <C> Block<C> empty(C step) {
        return new Block<>(List.of(), Set.of(), _ -> step);
    }

    private static Block<SplitSpec> split() {
        Field<SplitSpec, String> type = Field.of(
                "type",
                TextTypes.word(List.of("hash"), "random", "stratify", "datetime", "fixed", "group"),
                "hash",
                "How rows are dealt out: by a hash, so that a row stays where it is when others join",
                _ -> "hash");
        Field<SplitSpec, String> column = Field.nullable(
                "column",
                TextTypes.text(),
                "Column whose hash decides, such as a customer's number; null: the input columns together",
                SplitSpec::column);
        Field<SplitSpec, List<Double>> probabilities = Field.of(
                "probabilities",
                new ListType<>(NumberTypes.number(NumberTypes.Range.closed(0.0, 1.0)), "shares", 2, 3),
                PROBABILITIES,
                "Shares of training, validation and test rows, together 1; with test_dataset the third is 0 or left"
                        + " out, and what it would have had goes to training",
                s -> List.of(s.train(), s.validation(), s.test()));
        return new Block<>(
                List.of(type, column, probabilities),
                Set.of("datetime_column", "seed", "val_size"),
                v -> split(v, v.find(column), v.get(probabilities)));
    }

    private static @Nullable SplitSpec split(Values values, @Nullable String column, List<Double> shares) {
        double test = shares.size() == 3 ? shares.get(2) : 0;
        double sum = shares.get(0) + shares.get(1) + test;
        if (Math.abs(sum - 1) > 1e-6) {
            values.problem(
                    "probabilities",
                    Spot.OUT_OF_RANGE,
                    "The shares " + shares + " add up to " + (float) sum + ", not to 1",
                    "Write for example " + PROBABILITIES);
            return null;
        }
        if (shares.get(0) == 0 || shares.get(1) == 0) {
            values.problem(
                    "probabilities",
                    Spot.OUT_OF_RANGE,
                    "Training and validation both need a share of the rows, but the shares are " + shares,
                    "Write for example " + PROBABILITIES);
            return null;
        }
        return new SplitSpec(column, shares.get(0), shares.get(1), test);
    }

    private static Block<DataSpec> data() {
        Field<DataSpec, String> dataset = Field.required(
                "dataset",
                TextTypes.text(),
                "Path or glob of CSV or JSONL files, relative to the folder of this file",
                DataSpec::dataset);
        Field<DataSpec, String> testDataset = Field.nullable(
                "test_dataset",
                TextTypes.text(),
                "Path of fixed held-out rows; then split divides dataset into training and validation alone",
                DataSpec::testDataset);
        Field<DataSpec, Format> format = Field.of(
                "format",
                TextTypes.choice(Format.class, "parquet", "json", "arrow", "xlsx"),
                Format.AUTO,
                "How rows are written; auto looks at the ending of the file's name",
                DataSpec::format);
        Field<DataSpec, String> encoding = Field.of(
                "encoding",
                new EncodingType(),
                "auto",
                "auto, or the name of a character set such as UTF-8 or GB18030",
                DataSpec::encoding);
        Field<DataSpec, List<InputFeature>> inputs = Field.required(
                "input_features",
                new ListType<>(inputFeature(), "columns", 1, 16),
                "Columns the model reads",
                DataSpec::inputFeatures);
        Field<DataSpec, List<OutputFeature>> outputs = Field.required(
                "output_features",
                new ListType<>(outputFeature(), "column", 1, 1),
                "The column the model answers",
                DataSpec::outputFeatures);
        Field<DataSpec, QualitySpec> quality =
                Field.block("quality", QUALITY, "What is looked for before anything is learnt", DataSpec::quality);
        Field<DataSpec, List<CleanStep>> clean = Field.of(
                "clean",
                new ListType<>(CLEAN_STEP, "steps", 0, 16),
                List.of(
                        new CleanStep.StripControl(),
                        new CleanStep.Nfkc(),
                        new CleanStep.CollapseWhitespace(),
                        new CleanStep.Dedupe(0.9)),
                "Steps in the order in which they are applied",
                DataSpec::clean);
        Field<DataSpec, SplitSpec> split =
                Field.block("split", SPLIT, "How rows become training, validation and test rows", DataSpec::split);
        return new Block<>(
                List.of(dataset, testDataset, format, encoding, inputs, outputs, quality, clean, split),
                Set.of("columns", "augment", "label", "mask", "eval_dataset", "streaming", "max_samples", "sample"),
                v -> checked(
                        v,
                        new DataSpec(
                                v.get(dataset),
                                v.find(testDataset),
                                v.get(format),
                                v.get(encoding),
                                v.get(inputs),
                                v.get(outputs),
                                v.get(quality),
                                v.get(clean),
                                v.get(split))));
    }

    private static @Nullable DataSpec checked(Values values, DataSpec data) {
        if (namedTwice(values, data)) {
            return null;
        }
        boolean wrote = values.wrote("split.probabilities");
        double test = data.split().test();
        if (data.testDataset() == null && test == 0) {
            values.problem(
                    "split.probabilities",
                    Spot.OUT_OF_RANGE,
                    "No rows are left for testing: the third share is 0 and there is no test_dataset",
                    "Write for example " + PROBABILITIES + ", or name a test_dataset");
            return null;
        }
        if (data.testDataset() != null && test > 0 && wrote) {
            values.problem(
                    "split.probabilities",
                    Spot.OUT_OF_RANGE,
                    "The third share is " + test + ", but test_dataset holds the test rows already",
                    "Write two shares, for example [0.9, 0.1]");
            return null;
        }
        return data.testDataset() == null ? data : data.withSplit(withoutTest(data.split()));
    }

    private static SplitSpec withoutTest(SplitSpec split) {
        return split.test() == 0 ? split : new SplitSpec(split.column(), 1 - split.validation(), split.validation(), 0);
    }

    private static boolean namedTwice(Values values, DataSpec data) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < data.inputFeatures().size(); i++) {
            String name = data.inputFeatures().get(i).name();
            if (!names.add(name)) {
                told(values, "input_features." + i + ".name", name);
                return true;
            }
        }
        String answer = data.outputFeatures().getFirst().name();
        if (names.contains(answer)) {
            told(values, "output_features.0.name", answer);
            return true;
        }
        return false;
    }

    private static void told(Values values, String path, String name) {
        values.problem(
                path,
                Spot.OUT_OF_RANGE,
                "The column " + Scalars.quoted(name) + " is named twice",
                "A column is read once, and what the model answers it may not read");
    }
}
