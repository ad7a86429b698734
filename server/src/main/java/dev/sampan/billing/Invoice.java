package dev.sampan.billing;

import dev.sampan.gateway.Meter;
import dev.sampan.kernel.Money;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An issued invoice: never changed again.
///
/// @param number such as `S-2026-000001`, without gaps
/// @param from calls from here (inclusive) …
/// @param to … to here (exclusive) that no earlier invoice held
/// @param total sum of the rounded lines, in the currency's own digits
/// @param paidByCredit how much of it the prepaid or trial credit has paid
/// @param due what is left to pay
public record Invoice(
        String number,
        TenantId tenant,
        String customerName,
        Instant from,
        Instant to,
        Instant issuedAt,
        List<Line> lines,
        String currency,
        BigDecimal total,
        BigDecimal paidByCredit,
        BigDecimal due) {
    public Invoice {
        lines = List.copyOf(lines);
    }

    /// What one meter counted of the calls of one model at one price.
    ///
    /// @param fromPrompt threshold of the price's tier these calls went by, 0 for the first
    /// @param fund that has paid; null for the wallet
    /// @param calls how many calls that was
    /// @param exact quantity times unit price before rounding
    public record Line(
            String product,
            String model,
            Ulid priceVersion,
            long fromPrompt,
            @Nullable Ulid fund,
            Meter meter,
            long calls,
            long units,
            Money unitPrice,
            Money exact,
            BigDecimal amount) {
        /// Of the price's first tier, paid by the wallet.
        public Line(
                String product,
                String model,
                Ulid priceVersion,
                Meter meter,
                long calls,
                long units,
                Money unitPrice,
                Money exact,
                BigDecimal amount) {
            this(product, model, priceVersion, 0, null, meter, calls, units, unitPrice, exact, amount);
        }
    }
}
