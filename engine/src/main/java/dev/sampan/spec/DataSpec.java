package dev.sampan.spec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Block `data`.
///
/// @param dataset path or glob of files, a folder of images, or a URL (`https:`, `s3:`, `jdbc:`); a path is
///     relative to the specification's folder
/// @param testDataset a fixed held-out file; then `split` divides `dataset` into training and validation alone
/// @param format `auto` looks at the name's ending
/// @param encoding `auto`, or a name Java knows such as `UTF-8` or `GB18030`
/// @param outputFeatures one column, or none where nothing is answered (anomalies, generation)
/// @param clean steps in the order in which they are applied
/// @param augment what is changed in training rows
/// @param resample how categories are brought nearer to each other in training rows; null: not
public record DataSpec(
        String dataset,
        @Nullable String testDataset,
        Format format,
        String encoding,
        List<InputFeature> inputFeatures,
        List<OutputFeature> outputFeatures,
        QualitySpec quality,
        List<CleanStep> clean,
        SplitSpec split,
        SourceSpec source,
        AugmentSpec augment,
        @Nullable ResampleSpec resample) {
    public DataSpec {
        inputFeatures = List.copyOf(inputFeatures);
        outputFeatures = List.copyOf(outputFeatures);
        clean = List.copyOf(clean);
    }

    /// Without augmentation and resampling.
    public DataSpec(
            String dataset,
            @Nullable String testDataset,
            Format format,
            String encoding,
            List<InputFeature> inputFeatures,
            List<OutputFeature> outputFeatures,
            QualitySpec quality,
            List<CleanStep> clean,
            SplitSpec split,
            SourceSpec source) {
        this(
                dataset,
                testDataset,
                format,
                encoding,
                inputFeatures,
                outputFeatures,
                quality,
                clean,
                split,
                source,
                AugmentSpec.NONE,
                null);
    }

    public DataSpec withSplit(SplitSpec other) {
        return new DataSpec(
                dataset,
                testDataset,
                format,
                encoding,
                inputFeatures,
                outputFeatures,
                quality,
                clean,
                other,
                source,
                augment,
                resample);
    }

    /// The column the model answers; null where there is none.
    public @Nullable OutputFeature output() {
        return outputFeatures.isEmpty() ? null : outputFeatures.getFirst();
    }

    /// How rows are written.
    public enum Format {
        AUTO,
        CSV,
        JSONL,
        JSON,
        PARQUET,
        CONLL,
        IMAGES
    }

    /// A column the model reads.
    ///
    /// @param preprocessing how its values become numbers; of the kind that belongs to the type
    public record InputFeature(String name, InputType type, Preprocessing preprocessing) {
        public InputFeature(String name, InputType type) {
            this(name, type, Preprocessing.of(type));
        }
    }

    /// What an input column holds.
    public enum InputType {
        TEXT,
        NUMBER,
        CATEGORY,
        DATE,
        IMAGE
    }

    /// A column the model answers.
    public record OutputFeature(String name, OutputType type) {}

    /// What an output column holds.
    public enum OutputType {
        CATEGORY,
        NUMBER,
        /// Named stretches of the input text.
        SEQUENCE
    }

    /// Which findings end the run and which are only told. A check in neither list is not made.
    public record QualitySpec(List<QualityCheck> failOn, List<QualityCheck> warnOn) {
        public QualitySpec {
            failOn = List.copyOf(failOn);
            warnOn = List.copyOf(warnOn);
        }
    }

    /// What is looked for in the data before anything is learnt from it.
    public enum QualityCheck {
        SINGLE_CLASS,
        MISSING_LABEL,
        TARGET_LEAKAGE,
        DUPLICATE_ACROSS_SPLITS,
        RARE_CLASS,
        MISSING,
        IMBALANCE,
        CONFLICTING_LABELS,
        ID_COLUMN,
        DUPLICATE_ROWS,
        CORRUPT_IMAGE
    }
}
