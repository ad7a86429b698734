package dev.sampan.metering;

import dev.sampan.gateway.Quantities;
import dev.sampan.kernel.Money;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import java.time.Instant;
import java.util.List;

/// Sums of usage that is in the database. What the journal still holds comes with [CallJournal#flush].
public interface Meters {
    /// A number such that every row of the tenant up to it is there to see and every later row will have a
    /// greater one. Call it outside of a transaction: it waits for drains that run.
    long sealed(TenantId tenant);

    /// By model and price version, in the order of first use.
    ///
    /// @param after rows with a greater sequence …
    /// @param upTo … and not above this one
    List<PricedSum> sums(TenantId tenant, long after, long upTo);

    /// Calls received in `[from, to)`, by group in order.
    List<GroupSum> sums(TenantId tenant, Instant from, Instant to, Grouping grouping);

    /// Rows in order of sequence, at most `limit`.
    List<Numbered> page(TenantId tenant, long after, int limit);

    /// What a sum is by.
    enum Grouping {
        MODEL,
        KEY,
        /// In UTC, as ISO date.
        DAY
    }

    /// @param firstAt when the earliest of these calls was received
    record PricedSum(
            String model,
            Ulid priceVersion,
            long calls,
            Quantities quantities,
            Money amount,
            Instant firstAt,
            Instant lastAt) {}

    /// @param units over all meters
    record GroupSum(String group, long calls, long units, Money amount) {}

    record Numbered(long sequence, Usage usage) {}
}
