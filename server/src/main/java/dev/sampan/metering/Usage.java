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
/// @param amount of money that was charged: 0 where a fund of counted units has paid
/// @param fromPrompt threshold of the price's tier it went by, 0 for the first
/// @param supply null when a model of our own answered
/// @param drawn null when the wallet has paid
/// @param at when the call was received
public record Usage(
        Ulid requestId,
        TenantId tenant,
        Ulid keyId,
        String model,
        Quantities quantities,
        Money amount,
        Ulid priceVersion,
        long fromPrompt,
        @Nullable Supply supply,
        @Nullable Drawn drawn,
        Instant at) {
    /// Paid by the wallet, at the price's first tier.
    public Usage(
            Ulid requestId,
            TenantId tenant,
            Ulid keyId,
            String model,
            Quantities quantities,
            Money amount,
            Ulid priceVersion,
            @Nullable Supply supply,
            Instant at) {
        this(requestId, tenant, keyId, model, quantities, amount, priceVersion, 0, supply, null, at);
    }

    /// What a fund has paid.
    ///
    /// @param count in the fund's own unit: nanos of a currency, or what it counts
    public record Drawn(Ulid fund, long count) {}
}
