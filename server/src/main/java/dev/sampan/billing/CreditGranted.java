package dev.sampan.billing;

import dev.sampan.kernel.Money;
import dev.sampan.kernel.TenantId;

/// A wallet has more to spend.
public record CreditGranted(TenantId tenant, Money amount) {}
