package dev.sampan.spec;

/// Block `serve`.
///
/// @param model public model name, as callers write it; lower-case letters, digits, `.`, `-`, `_`, at most 64
/// @param maxBatchSize inputs answered in one run of the graph, 1 to 256
public record ServeSpec(String model, int maxBatchSize) {}
