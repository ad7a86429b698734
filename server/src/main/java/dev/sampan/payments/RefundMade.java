package dev.sampan.payments;

import dev.sampan.kernel.Money;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;

/// The provider has given money back. Told within the transaction, so that what is kept of it is kept with it.
public record RefundMade(TenantId tenant, Ulid payment, Ulid refund, Money amount) {}
