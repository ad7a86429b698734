package dev.sampan.explanation;

/// What a method found: one weight for each unit of the text, and how far to trust them.
record Attribution(String method, double[] weights, double fidelity, double stability) {}
