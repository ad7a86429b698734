package dev.sampan.limits;

import dev.sampan.spec.LimitsSpec.Limit;

/// A limit with whom it is for.
///
/// @param subject identifier of the customer, project (`customer/project`), member or key; empty for the
///     installation
public record Rule(Limit limit, String subject) {}
