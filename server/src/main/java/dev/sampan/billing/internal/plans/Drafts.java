package dev.sampan.billing.internal.plans;

import dev.sampan.accounts.Accounts;
import dev.sampan.accounts.Organisation;
import dev.sampan.billing.Invoice;
import dev.sampan.billing.InvoiceItem;
import dev.sampan.billing.Plans.Payer;
import dev.sampan.billing.internal.calendar.Span;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.spec.PlansSpec;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Invoices without a number yet.
final class Drafts {
    private final Accounts accounts;

    Drafts(Accounts accounts) {
        this.accounts = accounts;
    }

    /// What an invoice is made of.
    ///
    /// @param onCredit funds whose payment is still to come
    record Contents(
            Span span, Currency currency, List<Invoice.Line> lines, List<InvoiceItem> items, Set<Ulid> onCredit) {
        static Contents of(Span span, Currency currency, List<InvoiceItem> items) {
            return new Contents(span, currency, List.of(), items, Set.of());
        }
    }

    /// With its tax. What the calls on it were charged is paid, unless a credit line did.
    Invoice of(Payer payer, PlansSpec inForce, Contents contents, Instant now) {
        BigDecimal calls = sum(contents.lines);
        List<InvoiceItem> items =
                Bills.taxed(contents.items, calls, inForce.tax(payer.region()).orElse(null), contents.currency);
        int digits = contents.currency.getDefaultFractionDigits();
        BigDecimal total = calls.add(Bills.sum(items)).setScale(digits);
        BigDecimal paid = sum(contents.lines.stream()
                .filter(line -> line.fund() == null || !contents.onCredit.contains(line.fund()))
                .toList());
        BigDecimal paidByCredit = paid.min(total).setScale(digits);
        Instant at = now.truncatedTo(ChronoUnit.MILLIS);
        @Nullable
        Instant dueAt = total.compareTo(paidByCredit) > 0
                ? at.plus(Duration.ofDays(inForce.terms().dueDays()))
                : null;
        return new Invoice(
                "",
                payer.tenant(),
                name(payer.tenant()),
                contents.span.from(),
                contents.span.to(),
                at,
                contents.lines,
                contents.currency.getCurrencyCode(),
                total,
                paidByCredit,
                total.subtract(paidByCredit),
                items,
                dueAt);
    }

    private static BigDecimal sum(List<Invoice.Line> lines) {
        return lines.stream().map(Invoice.Line::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private String name(TenantId customer) {
        return accounts.organisation(customer)
                .map(Organisation::name)
                .orElseThrow(() -> new IllegalArgumentException("no customer " + customer));
    }
}
