package dev.sampan.runtime;

/// One answer.
///
/// @param label the category with the highest score
/// @param score its probability, 0 to 1
/// @param scores probabilities in the order of `Runtime.labels()`; they add up to 1
public record Prediction(String label, double score, float[] scores) {}
