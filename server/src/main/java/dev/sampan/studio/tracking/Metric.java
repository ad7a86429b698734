package dev.sampan.studio.tracking;

/// One point of a curve.
///
/// @param value may be NaN or infinite
/// @param atMillis when it was measured
public record Metric(String key, double value, long atMillis, long step) {}
