package dev.sampan.data.internal.prepare;

import dev.sampan.data.QualityReport.Finding;
import dev.sampan.data.Split;
import dev.sampan.spec.DataSpec.QualityCheck;
import dev.sampan.spec.DataSpec.QualitySpec;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The checks of `data.quality`, one method each. What they need is counted while rows are read ([Ingest]),
/// compared ([Similarity]) and divided ([Tally]).
final class Quality {
    static final int EXAMPLES_MAX = 5;
    private static final int IMBALANCE = 10;

    /// What a check saw; a count of 0 is no finding.
    private record Seen(long count, String sentence, List<String> examples) {}

    private static final Seen NOTHING = new Seen(0, "", List.of());

    private final Ingest.Result read;
    private final Similarity similarity;
    private final Tally tally;
    private final boolean categories;

    Quality(Ingest.Result read, Similarity similarity, Tally tally) {
        this.read = read;
        this.similarity = similarity;
        this.tally = tally;
        this.categories = read.answers().areCategories();
    }

    /// Findings of the listed checks; a check in both lists fails.
    List<Finding> findings(QualitySpec spec) {
        Set<QualityCheck> checks = new LinkedHashSet<>(spec.failOn());
        checks.addAll(spec.warnOn());
        List<Finding> findings = new ArrayList<>();
        for (QualityCheck check : checks) {
            Seen seen = see(check);
            if (seen.count() > 0) {
                findings.add(new Finding(
                        check, spec.failOn().contains(check), seen.count(), seen.sentence(), seen.examples()));
            }
        }
        return findings;
    }

    private Seen see(QualityCheck check) {
        return switch (check) {
            case SINGLE_CLASS -> singleClass();
            case MISSING_LABEL -> missingLabel();
            case TARGET_LEAKAGE -> targetLeakage();
            case DUPLICATE_ACROSS_SPLITS -> duplicateAcrossSplits();
            case RARE_CLASS -> categories ? rareClass() : NOTHING;
            case MISSING -> missing();
            case IMBALANCE -> categories ? imbalance() : NOTHING;
            case CONFLICTING_LABELS -> categories ? conflictingLabels() : NOTHING;
            case ID_COLUMN -> idColumn();
            case DUPLICATE_ROWS -> duplicateRows();
            case CORRUPT_IMAGE -> corruptImage();
        };
    }

    private Seen singleClass() {
        if (!categories) {
            return NOTHING;
        }
        List<String> labels = tally.labels();
        return labels.size() > 1
                ? NOTHING
                : new Seen(tally.kept(), "All rows have the same label, '" + labels.getFirst() + "'", List.of());
    }

    private Seen missingLabel() {
        return new Seen(read.missingLabel(), rows(read.missingLabel()) + " no label", read.missingLabelExamples());
    }

    private Seen targetLeakage() {
        for (ColumnWatch column : read.columns()) {
            if (column.givesLabelAway()) {
                return new Seen(
                        column.present(),
                        "Column '" + column.name() + "' gives the label away: each of its few values stands for one",
                        List.of());
            }
        }
        for (ColumnWatch column : read.columns()) {
            if (column.givesNumberAway()) {
                return new Seen(
                        column.present(),
                        "Column '" + column.name() + "' gives the answer away: the two rise and fall together",
                        List.of());
            }
        }
        long leaking = read.leaks().leaking();
        return new Seen(
                leaking,
                rows(leaking) + " their own label written in the input",
                read.leaks().examples());
    }

    private Seen duplicateAcrossSplits() {
        long count = 0;
        List<String> examples = new ArrayList<>();
        for (int row = 0; row < read.rows().size(); row++) {
            if (similarity.crosses(row)) {
                count++;
                example(examples, row);
            }
        }
        return new Seen(count, rows(count) + " a text that stands, equal or nearly so, in another split", examples);
    }

    private Seen rareClass() {
        List<String> rare = tally.labels().stream()
                .filter(label -> tally.count(label) < tally.splits() || tally.count(label, Split.TRAIN) == 0)
                .toList();
        return new Seen(
                rare.size(),
                (rare.size() == 1 ? "One label has" : rare.size() + " labels have")
                        + " too few rows to stand in every split: " + some(rare),
                List.of());
    }

    private Seen missing() {
        List<ColumnWatch> holes =
                read.columns().stream().filter(column -> column.missing() > 0).toList();
        long count = holes.stream().mapToLong(ColumnWatch::missing).sum();
        List<String> names = holes.stream().map(ColumnWatch::name).toList();
        return new Seen(
                count,
                count + (count == 1 ? " value is" : " values are") + " empty in " + some(names),
                holes.stream()
                        .flatMap(column -> column.missingExamples().stream())
                        .limit(EXAMPLES_MAX)
                        .toList());
    }

    private Seen imbalance() {
        List<String> labels = tally.labels();
        String most = labels.stream()
                .max((a, b) -> Long.compare(tally.count(a), tally.count(b)))
                .orElseThrow();
        String least = labels.stream()
                .min((a, b) -> Long.compare(tally.count(a), tally.count(b)))
                .orElseThrow();
        if (tally.count(most) <= IMBALANCE * tally.count(least)) {
            return NOTHING;
        }
        return new Seen(
                labels.stream()
                        .filter(label -> tally.count(label) * IMBALANCE < tally.count(most))
                        .count(),
                "Label '" + most + "' has " + tally.count(most) + " rows, '" + least + "' only " + tally.count(least),
                List.of());
    }

    private Seen conflictingLabels() {
        long count = 0;
        List<String> examples = new ArrayList<>();
        for (int row = 0; row < read.rows().size(); row++) {
            int first = similarity.equalTo(row);
            if (first >= 0 && read.rows().label(first) != read.rows().label(row)) {
                count++;
                example(examples, row);
            }
        }
        return new Seen(count, rows(count) + " another label than an equal text before", examples);
    }

    private Seen idColumn() {
        List<String> ids = read.columns().stream()
                .filter(ColumnWatch::isId)
                .map(ColumnWatch::name)
                .toList();
        return new Seen(
                ids.size(), "Every row has another code in " + some(ids) + ": nothing can be learnt", List.of());
    }

    /// Rows that are told of and kept; those that were dropped stand in the report already.
    private Seen duplicateRows() {
        long count = 0;
        List<String> examples = new ArrayList<>();
        for (int row = 0; row < read.rows().size(); row++) {
            int first = similarity.equalTo(row);
            if (first >= 0
                    && similarity.kept(row)
                    && read.rows().values(first).equals(read.rows().values(row))) {
                count++;
                example(examples, row);
            }
        }
        return new Seen(count, rows(count) + " the same values as a row before, the answer included", examples);
    }

    private Seen corruptImage() {
        long count = read.images().corrupt();
        return new Seen(
                count,
                rows(count) + " no picture that can be read, or one of too many pixels",
                read.images().corruptExamples());
    }

    private void example(List<String> examples, int row) {
        if (examples.size() < EXAMPLES_MAX) {
            examples.add(read.rows().origin(row));
        }
    }

    private static String rows(long count) {
        return count == 1 ? "One row has" : count + " rows have";
    }

    private static String some(List<String> names) {
        String shown = String.join("', '", names.stream().limit(EXAMPLES_MAX).toList());
        return "'" + shown + "'" + (names.size() > EXAMPLES_MAX ? " and more" : "");
    }
}
