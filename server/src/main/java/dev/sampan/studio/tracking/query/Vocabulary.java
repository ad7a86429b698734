package dev.sampan.studio.tracking.query;

import dev.sampan.kernel.ProblemException;
import java.util.Collection;
import java.util.TreeSet;

/// What may be asked of one kind of thing.
public interface Vocabulary {
    /// @throws ProblemException `tracking.invalid_filter` for a field that this kind of thing has not
    Expression of(Field field);

    static ProblemException unknown(Field field, Collection<String> known) {
        return Tokens.mistake("There is no " + field + " to search by; known are " + new TreeSet<>(known));
    }
}
