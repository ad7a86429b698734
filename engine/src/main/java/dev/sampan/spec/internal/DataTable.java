package dev.sampan.spec.internal;

import dev.sampan.spec.AugmentSpec;
import dev.sampan.spec.CleanStep;
import dev.sampan.spec.DataSpec;
import dev.sampan.spec.DataSpec.Format;
import dev.sampan.spec.DataSpec.InputFeature;
import dev.sampan.spec.DataSpec.InputType;
import dev.sampan.spec.DataSpec.OutputFeature;
import dev.sampan.spec.DataSpec.OutputType;
import dev.sampan.spec.DataSpec.QualityCheck;
import dev.sampan.spec.DataSpec.QualitySpec;
import dev.sampan.spec.ResampleSpec;
import dev.sampan.spec.SourceSpec;
import dev.sampan.spec.SplitSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The keys of block `data`.
final class DataTable {
    static final Block<QualitySpec> QUALITY = quality();
    static final Type<CleanStep> CLEAN_STEP = cleanStep();
    static final Block<DataSpec> DATA = data();

    private DataTable() {}

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
                        new StepType.Case<>("lowercase", CleanStep.Lowercase.class, empty(new CleanStep.Lowercase())),
                        new StepType.Case<>("strip_html", CleanStep.StripHtml.class, empty(new CleanStep.StripHtml())),
                        new StepType.Case<>(
                                "traditional_to_simplified",
                                CleanStep.TraditionalToSimplified.class,
                                empty(new CleanStep.TraditionalToSimplified())),
                        new StepType.Case<>("stop_words", CleanStep.StopWords.class, stopWords()),
                        new StepType.Case<>("mask", CleanStep.Mask.class, MaskTable.MASK),
                        new StepType.Case<>(
                                "dedupe",
                                CleanStep.Dedupe.class,
                                new Block<>(List.of(near), Set.of("group"), v -> new CleanStep.Dedupe(v.get(near))))),
                List.of());
    }

    private static Block<CleanStep.StopWords> stopWords() {
        Field<CleanStep.StopWords, List<String>> languages = Field.of(
                "languages",
                new ListType<>(TextTypes.word(List.of("en", "zh")), "languages", 0, 2),
                List.of("en", "zh"),
                "Languages whose lists are used",
                CleanStep.StopWords::languages);
        Field<CleanStep.StopWords, List<String>> words = Field.of(
                "words",
                new ListType<>(TextTypes.text(), "words", 0, 10_000),
                List.of(),
                "Further words, in small letters",
                CleanStep.StopWords::words);
        return new Block<>(
                List.of(languages, words), Set.of(), v -> new CleanStep.StopWords(v.get(languages), v.get(words)));
    }

    private static <C> Block<C> empty(C step) {
        return new Block<>(List.of(), Set.of(), _ -> step);
    }

    private static Block<DataSpec> data() {
        Field<DataSpec, String> dataset = Field.required(
                "dataset",
                TextTypes.text(),
                "Path or glob of CSV, TSV, JSONL, JSON, Parquet, CoNLL or ZIP files, a folder of images, a"
                        + " dataset_info.json#NAME (relative to the folder of this file), or a URL: https:, s3:, jdbc:",
                DataSpec::dataset);
        Field<DataSpec, String> testDataset = Field.nullable(
                "test_dataset",
                TextTypes.text(),
                "Path of fixed held-out rows; then split divides dataset into training and validation alone",
                DataSpec::testDataset);
        Field<DataSpec, Format> format = Field.of(
                "format",
                TextTypes.choice(Format.class, "arrow", "xlsx"),
                Format.AUTO,
                "How rows are written; auto looks at the ending of the file's name",
                DataSpec::format);
        Field<DataSpec, String> encoding = Field.of(
                "encoding",
                new EncodingType(),
                "auto",
                "auto, or the name of a character set such as UTF-8 or GB18030",
                DataSpec::encoding);
        SourceTable source = new SourceTable();
        Field<DataSpec, List<InputFeature>> inputs = Field.required(
                "input_features",
                new ListType<>(ColumnTable.COLUMN, "columns", 1, 4096),
                "Columns the model reads",
                DataSpec::inputFeatures);
        Field<DataSpec, List<OutputFeature>> outputs = Field.of(
                "output_features",
                new ListType<>(outputFeature(), "column", 0, 1),
                List.of(),
                "The column the model answers; none where the task needs none",
                DataSpec::outputFeatures);
        Field<DataSpec, QualitySpec> quality =
                Field.block("quality", QUALITY, "What is looked for before anything is learnt", DataSpec::quality);
        Field<DataSpec, List<CleanStep>> clean = clean();
        Field<DataSpec, SplitSpec> split = Field.block(
                "split", SplitTable.SPLIT, "How rows become training, validation and test rows", DataSpec::split);
        List<Field<DataSpec, ?>> fields = new ArrayList<>(List.of(dataset, testDataset, format, encoding));
        fields.addAll(source.fields());
        Field<DataSpec, AugmentSpec> augment = Field.block(
                "augment", ImageTable.AUGMENT, "What is changed at random in training rows", DataSpec::augment);
        Field<DataSpec, ResampleSpec> resample = resample();
        fields.addAll(List.of(inputs, outputs, quality, clean, split, augment, resample));
        return new Block<>(fields, Set.of("label", "mask", "eval_dataset", "streaming", "max_samples", "sample"), v -> {
            SourceSpec read = source.read(v);
            return read == null
                    ? null
                    : checked(
                            v,
                            new DataSpec(
                                    v.get(dataset),
                                    v.find(testDataset),
                                    v.get(format),
                                    v.get(encoding),
                                    v.get(inputs),
                                    v.get(outputs),
                                    v.get(quality),
                                    v.find(clean, cleaning(v.get(inputs), v.get(outputs))),
                                    v.get(split),
                                    read,
                                    v.get(augment),
                                    v.find(resample)));
        });
    }

    private static Field<DataSpec, ResampleSpec> resample() {
        return Field.nullable(
                "resample",
                BalanceTable.RESAMPLE,
                "How rare categories are brought nearer to common ones in training rows; null: not",
                DataSpec::resample);
    }

    private static Field<DataSpec, List<CleanStep>> clean() {
        return Field.derived(
                "clean",
                new ListType<>(CLEAN_STEP, "steps", 0, 16),
                "Steps in the order in which they are applied; the text steps change text columns alone. Default:"
                        + " strip_control, nfkc, collapse_whitespace, and where all columns are text dedupe",
                DataSpec::clean);
    }

    /// Rows that repeat are dropped without being asked only where a row is a text: two customers of equal age
    /// are two. Spans stand at places of the text as it is, so none of it may be taken out; only masks move them.
    private static List<CleanStep> cleaning(List<InputFeature> inputs, List<OutputFeature> outputs) {
        if (outputs.stream().anyMatch(output -> output.type() == OutputType.SEQUENCE)) {
            return List.of();
        }
        List<CleanStep> steps = new ArrayList<>(
                List.of(new CleanStep.StripControl(), new CleanStep.Nfkc(), new CleanStep.CollapseWhitespace()));
        if (inputs.stream().allMatch(input -> input.type() == InputType.TEXT)) {
            steps.add(new CleanStep.Dedupe(0.9));
        }
        return steps;
    }

    private static @Nullable DataSpec checked(Values values, DataSpec data) {
        if (namedTwice(values, data) || !BalanceTable.fits(values, data)) {
            return null;
        }
        SplitSpec split = data.split();
        boolean categories = data.output() != null && data.output().type() == OutputType.CATEGORY;
        boolean byLabel = split.stratify() || (split.type() == SplitSpec.Type.STRATIFY && split.column() == null);
        if (byLabel && !categories) {
            values.problem(
                    "split.type",
                    Spot.OUT_OF_RANGE,
                    "To stratify by the output it must be of type category",
                    "Name another column in split.column, or use another split.type");
            return null;
        }
        if (movesSpans(data)) {
            values.problem(
                    "clean",
                    Spot.OUT_OF_RANGE,
                    "Text steps other than mask would move the places at which the spans of the output stand",
                    "Leave 'clean' out, or keep mask and dedupe alone");
            return null;
        }
        if (split.type() == SplitSpec.Type.K_FOLD || split.type() == SplitSpec.Type.FIXED) {
            return data.testDataset() == null ? data : twoTests(values);
        }
        boolean wrote = values.wrote("split.probabilities");
        if (data.testDataset() == null && split.test() == 0) {
            values.problem(
                    "split.probabilities",
                    Spot.OUT_OF_RANGE,
                    "No rows are left for testing: the third share is 0 and there is no test_dataset",
                    "Write for example " + SplitTable.PROBABILITIES + ", or name a test_dataset");
            return null;
        }
        if (data.testDataset() != null && split.test() > 0 && wrote) {
            values.problem(
                    "split.probabilities",
                    Spot.OUT_OF_RANGE,
                    "The third share is " + split.test() + ", but test_dataset holds the test rows already",
                    "Write two shares, for example [0.9, 0.1]");
            return null;
        }
        return data.testDataset() == null || split.test() == 0
                ? data
                : data.withSplit(split.withShares(1 - split.validation(), split.validation(), 0));
    }

    private static boolean movesSpans(DataSpec data) {
        return data.output() != null
                && data.output().type() == OutputType.SEQUENCE
                && data.clean().stream()
                        .anyMatch(step -> !(step instanceof CleanStep.Dedupe || step instanceof CleanStep.Mask));
    }

    private static @Nullable DataSpec twoTests(Values values) {
        values.problem(
                "test_dataset",
                Spot.OUT_OF_RANGE,
                "Both test_dataset and the split say which rows are for testing",
                "Leave test_dataset out, or use another split.type");
        return null;
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
        if (data.output() instanceof OutputFeature output && names.contains(output.name())) {
            told(values, "output_features.0.name", output.name());
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
