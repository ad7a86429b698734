package dev.sampan.data.internal.source;

import dev.sampan.spec.DataSpec;
import dev.sampan.spec.DataSpec.OutputFeature;
import dev.sampan.spec.DataSpec.OutputType;
import dev.sampan.spec.SourceSpec;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// How files are read.
///
/// @param nested columns in which a list or an object is a value, kept as JSON; elsewhere it is a mistake
record Reading(SourceSpec spec, Predicate<String> nested) {
    /// Files that say all themselves, as they stand.
    static final Reading PLAIN = new Reading(SourceSpec.PLAIN, _ -> true);

    static Reading of(DataSpec data) {
        Set<String> nested = data.outputFeatures().stream()
                .filter(output -> output.type() == OutputType.SEQUENCE)
                .map(OutputFeature::name)
                .collect(Collectors.toSet());
        return new Reading(data.source(), nested::contains);
    }
}
