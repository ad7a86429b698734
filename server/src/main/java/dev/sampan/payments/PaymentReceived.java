package dev.sampan.payments;

import dev.sampan.kernel.Money;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;

/// A payment has credited a wallet. Told within the transaction, so that what is kept of it is kept with it.
public record PaymentReceived(TenantId tenant, Ulid payment, String provider, Money amount) {}
