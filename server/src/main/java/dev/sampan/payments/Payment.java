package dev.sampan.payments;

import dev.sampan.kernel.Money;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One try to pay a link at one provider.
///
/// @param id as the provider knows it too
/// @param checkout null as long as the provider has not answered
/// @param reference the provider's id of the checkout
/// @param paidAs the provider's id of the money, once it is paid
public record Payment(
        Ulid id,
        TenantId tenant,
        Ulid link,
        String provider,
        Money amount,
        State state,
        @Nullable Shown checkout,
        @Nullable String reference,
        @Nullable String paidAs,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant paidAt) {
    /// What whoever pays is shown: a code to scan, a page to go to, or lines to write down.
    public record Shown(@Nullable String qr, @Nullable String page, List<String> lines) {
        public Shown {
            lines = List.copyOf(lines);
        }
    }

    /// Moves to the right alone; [#PAID] is reached from everywhere and left never.
    public enum State {
        OPEN,
        /// Its time is over.
        EXPIRED,
        /// Ended at the provider's, by us or because it failed.
        CLOSED,
        PAID
    }
}
