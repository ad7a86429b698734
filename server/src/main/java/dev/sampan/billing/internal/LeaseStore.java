package dev.sampan.billing.internal;

import org.jspecify.annotations.Nullable;

/// Moves money between wallets and the slices of this installation, or units between funds and slices, a port:
/// PostgreSQL in production.
///
/// Every move of one slice has a version, one more than the last. So a move whose answer was lost is found
/// again by [#last], and a late one cannot pass unseen.
interface LeaseStore {
    /// Hands out at least `need` when the pot has it, all it has when not, and a share of it when that is
    /// worth it.
    ///
    /// @param version of the last move of this slice that is known; 0 before the first
    /// @param need in the pot's unit
    /// @param worth a share below it is not handed out beyond `need`
    /// @return null when another move than the known one was the last: ask [#last]
    /// @throws dev.sampan.database.DatabaseAway perhaps moved, perhaps not: ask [#last]
    @Nullable
    Grant take(Pot pot, long version, long need, long worth);

    /// Puts a part of this slice back into its pot, a move like any other: its `granted` is below 0.
    ///
    /// @return false when another move than the known one was the last: ask [#last]
    /// @throws dev.sampan.database.DatabaseAway perhaps moved, perhaps not: ask [#last]
    boolean giveBack(Pot pot, long version, long count);

    /// The last move of this slice.
    Move last(Pot pot);

    /// Puts everything this installation has not spent back into the pots. To be called when nothing of it
    /// is in use and everything it spent is booked.
    void giveBackAll();

    /// @param granted 0 when nothing was moved; then the version stays
    /// @param rest what is still in the pot to be handed out
    /// @param unit code of the currency, or of what a fund counts; null when there is no such pot
    record Grant(long granted, long rest, @Nullable String unit) {}

    record Move(long version, long granted) {}
}
