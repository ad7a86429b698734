package dev.sampan.metering;

import dev.sampan.gateway.Quantities;
import dev.sampan.gateway.Supply;
import dev.sampan.kernel.Money;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One charged call, a fact that never changes.
///
/// @param supply null when a model of our own answered
/// @param at when the call was received
public record Usage(
        Ulid requestId,
        TenantId tenant,
        Ulid keyId,
        String model,
        Quantities quantities,
        Money amount,
        Ulid priceVersion,
        @Nullable Supply supply,
        Instant at) {}
