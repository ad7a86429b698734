package dev.sampan.limits.internal;

/// Now, by both clocks.
///
/// @param millis of the wall's clock, which may jump: for windows of the calendar
/// @param nanos of one that never goes back: for what refills
record Moment(long millis, long nanos) {}
