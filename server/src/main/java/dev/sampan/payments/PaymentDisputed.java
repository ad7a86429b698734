package dev.sampan.payments;

import dev.sampan.kernel.Money;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;

/// A dispute has been opened or decided. Told within the transaction, so that what is kept of it is kept with
/// it.
public record PaymentDisputed(TenantId tenant, Ulid payment, String dispute, Money amount, Dispute.State state) {}
