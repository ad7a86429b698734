package dev.sampan.payments;

import dev.sampan.kernel.Money;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Money on its way back to whoever paid.
///
/// @param id as the provider knows it too, which keeps it from giving back twice
/// @param foreign made at the provider's, not here
/// @param taken how much of it has left the wallet; less than the amount when a foreign one found it spent
/// @param reference the provider's id
public record Refund(
        Ulid id,
        TenantId tenant,
        Ulid payment,
        Money amount,
        State state,
        boolean foreign,
        Money taken,
        @Nullable String reference,
        String reason,
        Instant requestedAt,
        @Nullable Instant finishedAt) {
    /// How far it is.
    public enum State {
        /// Out of the wallet; whether the provider knows of it is not known yet.
        REQUESTED,
        ACCEPTED,
        SUCCEEDED,
        /// The provider refused for good; back in the wallet.
        FAILED
    }
}
