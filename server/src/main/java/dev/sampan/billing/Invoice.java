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
/// @param due what is left to pay when it is issued
/// @param items what stands beside the calls
/// @param dueAt by when it is to be paid; null where nothing is
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
        BigDecimal due,
        List<InvoiceItem> items,
        @Nullable Instant dueAt) {
    public Invoice {
        lines = List.copyOf(lines);
        items = List.copyOf(items);
    }

    /// Of calls alone, which were paid before they were answered.
    public Invoice(
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
        this(
                number,
                tenant,
                customerName,
                from,
                to,
                issuedAt,
                lines,
                currency,
                total,
                paidByCredit,
                due,
                List.of(),
                null);
    }

    /// Under its number, which is drawn at the last moment.
    public Invoice numbered(String drawn) {
        return new Invoice(
                drawn,
                tenant,
                customerName,
                from,
                to,
                issuedAt,
                lines,
                currency,
                total,
                paidByCredit,
                due,
                items,
                dueAt);
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
