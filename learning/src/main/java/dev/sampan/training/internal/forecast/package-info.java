/// Forecasters: series → a graph from the newest values to the next ones with intervals. Every method here is linear in
/// the
/// newest values, or in their logarithms, so each is fitted in its own way and ends as one matrix; which is best is
/// asked
/// of the newest training rows, and the intervals are the errors made there.
@NullMarked
package dev.sampan.training.internal.forecast;

import org.jspecify.annotations.NullMarked;
