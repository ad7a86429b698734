package dev.sampan.payments;

import dev.sampan.kernel.Money;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A payment that the payer's bank wants back.
///
/// @param id the provider's
/// @param taken how much of it has left the wallet: what was not spent yet
public record Dispute(
        String provider,
        String id,
        TenantId tenant,
        Ulid payment,
        Money amount,
        State state,
        Money taken,
        Instant openedAt,
        @Nullable Instant closedAt) {
    /// How far it is.
    public enum State {
        OPEN,
        /// The money stays, and is back in the wallet.
        WON,
        LOST
    }
}
