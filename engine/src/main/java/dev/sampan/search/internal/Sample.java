package dev.sampan.search.internal;

import java.util.Map;

/// What came of values.
///
/// @param loss the less the better; infinite for a failure
public record Sample(Map<String, Object> values, double loss) {}
