package dev.sampan.billing;

import dev.sampan.kernel.Money;
import dev.sampan.kernel.Ulid;
import java.time.Instant;

/// A version of what one input answered by a model costs; effective until the next one of the model.
public record Price(Ulid version, String model, String product, Money perUnit, Instant effectiveFrom) {}
