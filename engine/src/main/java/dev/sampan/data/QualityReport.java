package dev.sampan.data;

import dev.sampan.spec.DataSpec.QualityCheck;
import java.util.List;
import java.util.Map;

/// What was found in the data.
///
/// @param read rows read from the sources
/// @param kept rows left after cleaning
/// @param dropped rows dropped, by reason (`empty`, `exact_duplicate`, `near_duplicate`, `missing_label`,
///     `corrupt_image`)
/// @param masked personal data masked in what was read, by kind (`phone`); what it was is never kept;
///     `spans_swallowed` counts spans that went because one mask covers them and another
/// @param training rows written for training that are not one for each kept row: `repeated`, `left_out`,
///     `augmented`, and `augmented_dropped` for copies that were nothing new or too like a held-out row
/// @param labelCounts kept rows for each category, or spans of each kind; empty for a number
public record QualityReport(
        long read,
        long kept,
        Map<String, Long> dropped,
        Map<String, Long> masked,
        Map<String, Long> labelCounts,
        List<Finding> findings,
        Map<String, Long> training) {

    /// Data sets of the time before masking or resampling have no count of it, which is null here then.
    @SuppressWarnings({"NullAway", "ConstantValue"})
    public QualityReport {
        masked = masked == null ? Map.of() : Map.copyOf(masked);
        training = training == null ? Map.of() : Map.copyOf(training);
        dropped = Map.copyOf(dropped);
        labelCounts = Map.copyOf(labelCounts);
        findings = List.copyOf(findings);
    }

    /// Without masking.
    public QualityReport(
            long read, long kept, Map<String, Long> dropped, Map<String, Long> labelCounts, List<Finding> findings) {
        this(read, kept, dropped, Map.of(), labelCounts, findings, Map.of());
    }

    public QualityReport withTraining(Map<String, Long> counts) {
        return new QualityReport(read, kept, dropped, masked, labelCounts, findings, counts);
    }

    /// One finding.
    ///
    /// @param failing true when the specification says that it ends the run
    /// @param examples origins of a few of the rows, at most five; never their content
    public record Finding(QualityCheck check, boolean failing, long count, String sentence, List<String> examples) {
        public Finding {
            examples = List.copyOf(examples);
        }
    }
}
