package dev.sampan.billing;

import dev.sampan.kernel.Money;
import dev.sampan.kernel.TenantId;

/// A wallet has more to spend. Told within the transaction, so that what is kept of it is kept with it.
public record CreditGranted(TenantId tenant, Money amount) {}
