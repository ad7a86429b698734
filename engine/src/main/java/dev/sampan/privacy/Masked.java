package dev.sampan.privacy;

import java.util.Map;

/// A text after masking.
///
/// @param counts what was masked, by kind; kinds that were not found are absent
public record Masked(String text, Map<PersonalData, Integer> counts) {
    public Masked {
        counts = Map.copyOf(counts);
    }
}
