package dev.sampan.metering;

import dev.sampan.kernel.Money;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/// What was decided of each call, written to the local disk before anybody hears of it.
public interface CallJournal {
    /// Of the public model name in a settlement, in bytes of UTF-8.
    int MODEL_BYTES_MAX = 255;

    /// This installation's name in the database; kept beside the journal.
    Ulid node();

    /// False while no hold is taken, and why is in [#state].
    boolean accepting();

    /// One sentence for the operator: what the journal is doing, or why it takes no hold.
    String state();

    /// Notes a hold and promises room for its settlement. Not awaited: after a crash a hold without settlement is
    /// worth nothing.
    ///
    /// @return false when that promise cannot be given (disk full, books too far behind, disk failed)
    boolean hold(Ulid requestId, TenantId tenant, Money amount);

    /// Completes when the settlement is on the disk; exceptionally when the disk failed, and then for good. Never
    /// blocks.
    CompletionStage<Void> settle(Usage usage);

    /// Notes that a hold is free again. Not awaited.
    ///
    /// @param reason short, for people
    void release(Ulid requestId, String reason);

    /// Moves everything settled before this call into the database.
    ///
    /// @throws dev.sampan.database.DatabaseAway the rest follows by itself later
    void flush();

    /// Looks while nothing is being drained, so that the database and what is kept in memory speak of one moment.
    <T> T betweenDrains(Supplier<T> look);
}
