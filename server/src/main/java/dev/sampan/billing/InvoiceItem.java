package dev.sampan.billing;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// What stands on an invoice beside the calls.
///
/// @param subject what it is for, in the seller's words: a plan's title, a model, a tax's name
/// @param from first day it is for; null where it is for no days
/// @param to the day after the last
/// @param quantity of `unit`
/// @param unit price of one; for a tax what it is of
/// @param amount rounded once, negative where it takes something off
public record InvoiceItem(
        Kind kind,
        String subject,
        @Nullable LocalDate from,
        @Nullable LocalDate to,
        long quantity,
        BigDecimal unit,
        BigDecimal amount) {
    /// What an item is. Names stand in tables.
    public enum Kind {
        /// A plan's price, in advance.
        FEE,
        /// Seats beyond those within it.
        SEATS,
        /// Part of a period before or after a change of plan.
        PRORATION,
        /// By a phase of the plan, or a coupon.
        DISCOUNT,
        /// A period's use beyond what is included, as the plan prices it.
        OVERAGE,
        /// What the same calls were charged when they ran.
        ALREADY_CHARGED,
        /// What was missing to the commitment.
        MINIMUM,
        /// Use of an earlier period that arrived after its invoice.
        LATE,
        /// Units bought once.
        BUNDLE,
        /// On top.
        TAX,
        /// Within the prices: told, not added.
        TAX_INCLUDED
    }

    public boolean taxed() {
        return kind != Kind.TAX && kind != Kind.TAX_INCLUDED;
    }
}
