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
/// @param labelCounts kept rows for each category, or spans of each kind; empty for a number
public record QualityReport(
        long read, long kept, Map<String, Long> dropped, Map<String, Long> labelCounts, List<Finding> findings) {
    public QualityReport {
        dropped = Map.copyOf(dropped);
        labelCounts = Map.copyOf(labelCounts);
        findings = List.copyOf(findings);
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
