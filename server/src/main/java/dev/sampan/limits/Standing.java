package dev.sampan.limits;

import java.time.Instant;

/// How one limit stands.
///
/// @param used of it, running calls with the most they can use
/// @param resetsAt when its window ends; of what refills continuously: when it is full again
public record Standing(Rule rule, long used, Instant resetsAt) {}
