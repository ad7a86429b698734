package dev.sampan.metering;

import dev.sampan.gateway.Quantities;
import dev.sampan.kernel.Money;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Sums of usage that is in the database. What the journal still holds comes with [CallJournal#flush].
public interface Meters {
    /// A number such that every row of the tenant up to it is there to see and every later row will have a
    /// greater one. Call it outside of a transaction: it waits for drains that run.
    long sealed(TenantId tenant);

    /// By model, price version, tier and fund, in the order of first use.
    ///
    /// @param after rows with a greater sequence …
    /// @param upTo … and not above this one
    default List<PricedSum> sums(TenantId tenant, long after, long upTo) {
        return sums(tenant, new Window(after, Window.AHEAD, upTo, Window.AHEAD));
    }

    /// The same of a window in time and sequence.
    List<PricedSum> sums(TenantId tenant, Window window);

    /// Calls received in `[from, to)`, by group in order.
    List<GroupSum> sums(TenantId tenant, Instant from, Instant to, Grouping grouping);

    /// Over all customers: calls received in `[from, to)` that suppliers answered, by model and supplier in
    /// order. For the platform's own team alone, which may know what a call costs.
    List<SuppliedSum> supplied(Instant from, Instant to);

    /// Which of these calls were charged. For the platform alone.
    Set<Ulid> charged(List<Ulid> requestIds);

    /// Rows in order of sequence, at most `limit`.
    List<Numbered> page(TenantId tenant, long after, int limit);

    /// What customers were charged, over all there is. For the platform alone; joins a snapshot.
    List<Charged> charged();

    /// Rows up to `upTo` of calls received before `before`, less those up to `after` of calls received before
    /// `from`.
    ///
    /// So the rows of a period are those of its times that are there by now, and what an invoice holds is what no
    /// invoice before it held, however late a row arrived.
    record Window(long after, Instant from, long upTo, Instant before) {
        /// After all calls.
        public static final Instant AHEAD = Instant.parse("9999-01-01T00:00:00Z");

        /// Calls received in `[from, before)`, of the rows up to `upTo`.
        public static Window of(Instant from, Instant before, long upTo) {
            return new Window(Long.MAX_VALUE, from, upTo, before);
        }
    }

    /// What a sum is by.
    enum Grouping {
        MODEL,
        KEY,
        /// In UTC, as ISO date.
        DAY
    }

    /// @param fromPrompt threshold of the price's tier
    /// @param fund that has paid; null for the wallet
    /// @param firstAt when the earliest of these calls was received
    record PricedSum(
            String model,
            Ulid priceVersion,
            long fromPrompt,
            @Nullable Ulid fund,
            long calls,
            Quantities quantities,
            Money amount,
            Instant firstAt,
            Instant lastAt) {}

    /// @param revenue what customers were charged
    /// @param cost what the supplier took, of the calls where that is known, in its own currency; null where of
    ///     none
    /// @param costed calls whose cost is known
    record SuppliedSum(
            String model,
            String supplier,
            long calls,
            long tokens,
            Money revenue,
            @Nullable Money cost,
            long costed) {}

    /// @param units over all meters
    record GroupSum(String group, long calls, long units, Money amount) {}

    record Charged(TenantId tenant, Money amount) {}

    record Numbered(long sequence, Usage usage) {}
}
