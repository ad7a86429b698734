package dev.sampan.metering;

import dev.sampan.kernel.Money;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import java.time.Instant;

/// One charged call, a fact that never changes.
///
/// @param at when the call was received
public record Usage(
        Ulid requestId,
        TenantId tenant,
        Ulid keyId,
        String model,
        long units,
        Money amount,
        Ulid priceVersion,
        Instant at) {}
