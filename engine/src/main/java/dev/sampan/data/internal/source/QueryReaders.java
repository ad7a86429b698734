package dev.sampan.data.internal.source;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.spec.DataSpec.Format;
import dev.sampan.spec.SourceSpec;
import java.util.List;
import java.util.stream.Collectors;

/// DuckDB's reader for a format, with the options that the specification gives.
final class QueryReaders {
    private QueryReaders() {}

    /// `FILES` stands for the list of files.
    static String of(Format format, SourceSpec spec, String name) {
        return switch (format) {
            case CSV, AUTO -> csv(spec);
            case JSONL, JSON -> "read_json(FILES)";
            case PARQUET -> "read_parquet(FILES)";
            case CONLL, IMAGES ->
                throw new ProblemException(
                        Problem.of("data.bad_query", "A query runs over CSV, JSON and Parquet files alone")
                                .at(name));
        };
    }

    private static String csv(SourceSpec spec) {
        StringBuilder options = new StringBuilder("read_csv(FILES, header = ").append(spec.header());
        if (spec.delimiter() != null) {
            options.append(", delim = ").append(Duck.literal(spec.delimiter().toString()));
        }
        if (!spec.columns().isEmpty()) {
            options.append(", names = ").append(literals(spec.columns()));
        }
        if (!spec.missingValues().isEmpty()) {
            options.append(", nullstr = ").append(literals(spec.missingValues()));
        }
        return options.append(")").toString();
    }

    private static String literals(List<String> texts) {
        return texts.stream().map(Duck::literal).collect(Collectors.joining(", ", "[", "]"));
    }
}
