package dev.sampan.billing;

import dev.sampan.kernel.Money;
import dev.sampan.kernel.TenantId;

/// A wallet has fallen below what its customer wants to be told of. Told once until it is above again; once an hour
/// while it stays below.
public record BalanceLow(TenantId tenant, Money balance, Money threshold) {}
