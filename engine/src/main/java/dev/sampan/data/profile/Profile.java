package dev.sampan.data.profile;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What was seen in data.
///
/// @param sources names of what was read
/// @param rows rows read
/// @param sampled rows that were held side by side for medians, similar rows and columns, and suspects
/// @param target column to be answered; null where none was named
/// @param repeated rows equal to an earlier one in every column
/// @param suspects labels that look wrong, the surest first
public record Profile(
        List<String> sources,
        long rows,
        int sampled,
        @Nullable String target,
        long repeated,
        List<Column> columns,
        List<Finding> findings,
        List<Suspect> suspects) {
    public Profile {
        sources = List.copyOf(sources);
        columns = List.copyOf(columns);
        findings = List.copyOf(findings);
        suspects = List.copyOf(suspects);
    }

    /// What a column holds, as its values look.
    public enum Kind {
        NUMBER,
        CATEGORY,
        DATE,
        TEXT,
        IMAGE,
        EMPTY
    }

    /// One column.
    ///
    /// @param distinct different values: exact below 1,000, an estimate within about 5 % above
    /// @param top the most frequent values of a category with their counts
    /// @param numbers of a number's values; of a text's lengths in characters; null for other kinds
    /// @param histogram counts in bars of equal width from `numbers.min` to `numbers.max`; of a date, from the
    ///     first to the last; empty for other kinds
    public record Column(
            String name,
            Kind kind,
            long present,
            long missing,
            long distinct,
            List<Count> top,
            @Nullable Numbers numbers,
            List<Long> histogram,
            List<String> range) {
        public Column {
            top = List.copyOf(top);
            histogram = List.copyOf(histogram);
            range = List.copyOf(range);
        }
    }

    /// A value and in how many rows it stands.
    public record Count(String value, long rows) {}

    /// Summary of numbers; quartiles are those of the sample.
    public record Numbers(double min, double q1, double median, double q3, double max, double mean, double deviation) {}

    /// What a person should look at.
    ///
    /// @param code stable name, such as `near_duplicate_rows`
    /// @param serious it spoils what is learnt, not only looks odd
    /// @param count how many rows or values
    /// @param values of the sentence, by place
    /// @param examples where, at most five
    public record Finding(String code, boolean serious, long count, List<String> values, List<String> examples) {
        public Finding {
            values = List.copyOf(values);
            examples = List.copyOf(examples);
        }
    }

    /// A label that looks wrong.
    ///
    /// @param margin log-odds of `likely` against `given` by a model that has not seen the row
    public record Suspect(String origin, String given, String likely, double margin) {}

    /// By code, for callers that look for one.
    public Map<String, Finding> byCode() {
        Map<String, Finding> found = new LinkedHashMap<>();
        findings.forEach(finding -> found.putIfAbsent(finding.code(), finding));
        return found;
    }
}
