package dev.sampan.billing.internal;

import dev.sampan.billing.Invoice;
import dev.sampan.billing.InvoiceItem;
import dev.sampan.billing.InvoiceItem.Kind;
import dev.sampan.database.Columns;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Money;
import dev.sampan.kernel.TenantId;
import dev.sampan.metering.Meters.Window;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What customers owe: invoices of plans are issued, booked, paid from wallets. Everything within the caller's
/// transaction, under the customer's lock.
///
/// The ledger: an invoice's items are earned when it is issued (receivable → earnings; what is tax of them →
/// tax_payable), and paid by customer_credit → receivable. Calls are in it since they ran.
public final class Receivables {
    static final String RECEIVABLE = "receivable";
    static final String TAX_PAYABLE = "tax_payable";

    private static final String PAY = """
            update billing.wallet set balance_nanos = balance_nanos - ?
            where tenant_id = ? and currency = ? and balance_nanos - leased_nanos >= ?
            """;

    private static final String OPEN = """
            select number, tenant_id, currency, coalesce(due_at, issued_at) as due_at,
                   due - paid - credited as left_over
            from (select invoice.*,
                         (select coalesce(sum(amount), 0) from billing.invoice_payment
                          where invoice_payment.number = invoice.number) as paid,
                         (select coalesce(sum(off_due), 0) from billing.credit_note
                          where credit_note.invoice = invoice.number) as credited
                  from billing.invoice where due > 0) as owed
            where due > paid + credited and tenant_id = ?
            order by due_at, number
            """;

    private static final String PAID = """
            insert into billing.invoice_payment (number, reference, tenant_id, amount, paid_at) values (?, ?, ?, ?, ?)
            """;

    private Receivables() {}

    /// An invoice that is not paid in full.
    ///
    /// @param left what is still to pay
    public record Open(String number, TenantId tenant, Currency currency, BigDecimal left, Instant dueAt) {}

    /// Issues it, books its items, and pays it from the wallet where that covers it.
    ///
    /// @param draft without number
    /// @param calls the rows of usage on it
    /// @return empty when another invoice of the customer came in between; then nothing was stored
    public static Optional<Invoice> issue(JdbcClient tx, Invoice draft, Calls calls, ActorId by) {
        Optional<Invoice> issued = InvoiceStore.issue(tx, draft, calls.window, by);
        issued.ifPresent(invoice -> book(tx, invoice, calls.onCredit));
        return issued;
    }

    /// Whoever does something about a customer's periods or money waits for whoever does already.
    public static void lock(JdbcClient tx, TenantId customer) {
        InvoiceStore.lock(tx, customer);
    }

    /// The window of an invoice without calls.
    public static Calls noCalls(JdbcClient tx, TenantId customer) {
        return new Calls(InvoiceStore.last(tx, customer).none(), List.of());
    }

    /// The window of all calls received before `before` that no invoice holds yet.
    public static Window callsUntil(JdbcClient tx, TenantId customer, long sealed, Instant before) {
        InvoiceStore.Last last = InvoiceStore.last(tx, customer);
        return before.isBefore(last.to()) ? last.until(sealed, last.to()) : last.until(sealed, before);
    }

    /// The calls on an invoice.
    ///
    /// @param onCredit of those that a line of credit has paid: they are in the receivables since they ran
    public record Calls(Window window, List<Invoice.Line> onCredit) {
        public Calls {
            onCredit = List.copyOf(onCredit);
        }
    }

    /// Invoices are in coins, calls in billionths: what their rounding makes of a line of credit is earned too.
    static void round(JdbcClient tx, Invoice invoice, List<Invoice.Line> onCredit) {
        BigDecimal exact =
                onCredit.stream().map(line -> line.exact().amount()).reduce(BigDecimal.ZERO, BigDecimal::add);
        post(
                tx,
                invoice,
                "rounding",
                RECEIVABLE,
                Ledger.EARNINGS,
                amount(onCredit).subtract(exact));
    }

    private static BigDecimal amount(List<Invoice.Line> lines) {
        return lines.stream().map(Invoice.Line::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static void book(JdbcClient tx, Invoice invoice, List<Invoice.Line> onCredit) {
        round(tx, invoice, onCredit);
        BigDecimal onTop = sum(invoice.items(), Kind.TAX);
        BigDecimal within = invoice.items().stream()
                .filter(item -> item.kind() == Kind.TAX_INCLUDED)
                .map(InvoiceItem::unit)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal items = invoice.items().stream()
                .filter(InvoiceItem::taxed)
                .map(InvoiceItem::amount)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        post(tx, invoice, "invoice", RECEIVABLE, Ledger.EARNINGS, items);
        post(tx, invoice, "tax", RECEIVABLE, TAX_PAYABLE, onTop);
        post(tx, invoice, "tax_included", Ledger.EARNINGS, TAX_PAYABLE, within);
        BigDecimal tooMuch = invoice.due().subtract(items).subtract(onTop).subtract(amount(onCredit));
        if (tooMuch.signum() > 0) { // the calls cost more when they ran than the month does by the plan
            post(tx, invoice, "overcharged", RECEIVABLE, Ledger.CUSTOMER_CREDIT, tooMuch);
            Treasurer.add(tx, invoice.tenant(), Money.of(tooMuch, Currency.getInstance(invoice.currency())));
        }
    }

    private static BigDecimal sum(List<InvoiceItem> items, Kind kind) {
        return items.stream()
                .filter(item -> item.kind() == kind)
                .map(InvoiceItem::amount)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /// A negative amount goes the other way; nothing is posted of 0.
    private static void post(
            JdbcClient tx, Invoice invoice, String kind, String debit, String credit, BigDecimal amount) {
        if (amount.signum() == 0) {
            return;
        }
        boolean turned = amount.signum() < 0;
        Ledger.Posting posting =
                new Ledger.Posting(kind, invoice.number(), turned ? credit : debit, turned ? debit : credit);
        Money money = Money.of(amount.abs(), Currency.getInstance(invoice.currency()));
        Ledger.post(tx, posting, List.of(new Ledger.Amount(invoice.tenant(), money)));
    }

    /// Not paid in full, the oldest first.
    public static List<Open> open(JdbcClient tx, TenantId customer) {
        return tx.sql(OPEN)
                .param(customer.toString())
                .query((row, _) -> new Open(
                        row.getString("number"),
                        TenantId.parse(row.getString("tenant_id")),
                        Currency.getInstance(row.getString("currency")),
                        row.getBigDecimal("left_over"),
                        Columns.instant(row, "due_at")))
                .list();
    }

    /// Pays it from the wallet when that covers the whole of what is left.
    ///
    /// @return whether it is paid now
    public static boolean collect(JdbcClient tx, Open open, Instant now) {
        Money left = Money.of(open.left, open.currency);
        int paid = tx.sql(PAY)
                .param(left.nanos())
                .param(open.tenant.toString())
                .param(open.currency.getCurrencyCode())
                .param(left.nanos())
                .update();
        if (paid == 0) {
            return false;
        }
        tx.sql(PAID)
                .param(open.number)
                .param("wallet")
                .param(open.tenant.toString())
                .param(open.left)
                .param(Columns.utc(now))
                .update();
        Ledger.post(
                tx,
                new Ledger.Posting("invoice_payment", open.number, Ledger.CUSTOMER_CREDIT, RECEIVABLE),
                List.of(new Ledger.Amount(open.tenant, left)));
        return true;
    }
}
