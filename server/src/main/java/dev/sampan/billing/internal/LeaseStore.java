package dev.sampan.billing.internal;

import dev.sampan.kernel.TenantId;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/// Moves money between wallets and the slices of this installation, a port: PostgreSQL in production.
///
/// Every move of one slice has a version, one more than the last. So a move whose answer was lost is found
/// again by [#last], and a late one cannot pass unseen.
interface LeaseStore {
    /// Hands out at least `need` when the wallet has it, all it has when not, and a share of it when that is
    /// worth it.
    ///
    /// @param version of the last move of this slice that is known; 0 before the first
    /// @param need nanos
    /// @param worth nanos; a share below it is not handed out beyond `need`
    /// @return null when another move than the known one was the last: ask [#last]
    /// @throws dev.sampan.database.DatabaseAway perhaps moved, perhaps not: ask [#last]
    @Nullable
    Grant take(TenantId tenant, long version, long need, long worth);

    /// Puts a part of this slice back into its wallet, a move like any other: its `granted` is below 0.
    ///
    /// @return false when another move than the known one was the last: ask [#last]
    /// @throws dev.sampan.database.DatabaseAway perhaps moved, perhaps not: ask [#last]
    boolean giveBack(TenantId tenant, long version, long nanos);

    /// The last move of this slice.
    Move last(TenantId tenant);

    /// Puts everything this installation has not spent back into the wallets. To be called when nothing of it
    /// is in use and everything it spent is booked.
    void giveBackAll();

    /// @param granted nanos, 0 when nothing was moved; then the version stays
    /// @param rest nanos that are still in the wallet to be handed out
    /// @param currency null when there is no wallet
    record Grant(long granted, long rest, @Nullable Currency currency) {}

    record Move(long version, long granted) {}
}
