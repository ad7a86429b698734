package dev.sampan.billing.internal;

import dev.sampan.billing.CreditNote;
import dev.sampan.billing.Invoice;
import dev.sampan.billing.InvoiceItem;
import dev.sampan.billing.InvoiceItem.Kind;
import dev.sampan.database.Columns;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Money;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.TenantId;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Documents that give back something of an invoice: first off what is still due, the rest into the wallet.
public final class CreditNotes {
    private static final String CREDITED = """
            select coalesce(sum(amount), 0) from billing.credit_note where invoice = ?
            """;

    private static final String NEXT = """
            insert into billing.credit_note_counter (year, issued) values (?, 1)
            on conflict (year) do update set issued = credit_note_counter.issued + 1 returning issued
            """;

    private static final String INSERT = """
            insert into billing.credit_note
                (number, tenant_id, invoice, customer_name, reason, currency, amount, tax, off_due, to_wallet,
                 issued_at, issued_by)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private CreditNotes() {}

    /// What is asked for.
    ///
    /// @param amount above 0, tax included
    public record Wish(String invoice, BigDecimal amount, String reason) {}

    /// @throws ProblemException `billing.invoice.not_found`, `billing.credit_note.amount` (more than is left of the
    ///     invoice, or with too many decimals)
    public static CreditNote issue(JdbcClient tx, TenantId customer, Wish wish, Instant now, ActorId by) {
        Invoice invoice = InvoiceStore.one(tx, customer, wish.invoice)
                .orElseThrow(() -> new ProblemException(
                        Problem.of("billing.invoice.not_found", "There is no invoice " + wish.invoice)));
        InvoiceStore.lock(tx, customer);
        Currency currency = Currency.getInstance(invoice.currency());
        BigDecimal left = invoice.total()
                .subtract(tx.sql(CREDITED)
                        .param(wish.invoice)
                        .query(BigDecimal.class)
                        .single());
        BigDecimal amount = sensible(wish, left, currency);
        BigDecimal due = Receivables.open(tx, customer).stream()
                .filter(open -> open.number().equals(wish.invoice))
                .map(Receivables.Open::left)
                .findFirst()
                .orElse(BigDecimal.ZERO);
        BigDecimal offDue = amount.min(due);
        int year = now.atZone(ZoneOffset.UTC).getYear();
        int number = tx.sql(NEXT).param(year).query(Integer.class).single();
        CreditNote note = new CreditNote(
                String.format("C-%04d-%06d", year, number),
                customer,
                invoice.customerName(),
                wish.invoice,
                wish.reason,
                invoice.currency(),
                amount,
                tax(invoice, amount, currency),
                offDue,
                amount.subtract(offDue),
                now);
        insert(tx, note, by);
        book(tx, note, currency);
        return note;
    }

    private static BigDecimal sensible(Wish wish, BigDecimal left, Currency currency) {
        int digits = currency.getDefaultFractionDigits();
        boolean coins = wish.amount.stripTrailingZeros().scale() <= digits;
        if (wish.amount.signum() <= 0 || wish.amount.compareTo(left) > 0 || !coins) {
            throw new ProblemException(Problem.of(
                            "billing.credit_note.amount",
                            wish.amount.toPlainString() + " of the invoice " + wish.invoice + " cannot be credited")
                    .remedy("Credit more than 0, at most " + left.toPlainString() + ", with at most " + digits
                            + " decimals"));
        }
        return wish.amount.setScale(digits);
    }

    /// The part of the invoice's tax that falls on the amount.
    private static BigDecimal tax(Invoice invoice, BigDecimal amount, Currency currency) {
        BigDecimal tax = BigDecimal.ZERO;
        for (InvoiceItem item : invoice.items()) {
            tax = item.kind() == Kind.TAX
                    ? tax.add(item.amount())
                    : item.kind() == Kind.TAX_INCLUDED ? tax.add(item.unit()) : tax;
        }
        return tax.multiply(amount)
                .divide(invoice.total(), currency.getDefaultFractionDigits(), RoundingMode.HALF_UP)
                .max(BigDecimal.ZERO);
    }

    private static void insert(JdbcClient tx, CreditNote note, ActorId by) {
        tx.sql(INSERT)
                .param(note.number())
                .param(note.tenant().toString())
                .param(note.invoice())
                .param(note.customerName())
                .param(note.reason())
                .param(note.currency())
                .param(note.amount())
                .param(note.tax())
                .param(note.offDue())
                .param(note.toWallet())
                .param(Columns.utc(note.issuedAt()))
                .param(by.toString())
                .update();
    }

    /// earnings and tax → customer_credit; what was due comes off by customer_credit → receivable.
    private static void book(JdbcClient tx, CreditNote note, Currency currency) {
        post(tx, "credit_note", note, Ledger.EARNINGS, note.amount().subtract(note.tax()), currency);
        post(tx, "credit_note_tax", note, Receivables.TAX_PAYABLE, note.tax(), currency);
        Money back = Money.of(note.amount(), currency);
        Treasurer.add(tx, note.tenant(), back);
        if (note.offDue().signum() > 0) {
            Money off = Money.of(note.offDue(), currency);
            tx.sql("update billing.wallet set balance_nanos = balance_nanos - ? where tenant_id = ?")
                    .param(off.nanos())
                    .param(note.tenant().toString())
                    .update();
            Ledger.post(
                    tx,
                    new Ledger.Posting(
                            "credit_note_due", note.number(), Ledger.CUSTOMER_CREDIT, Receivables.RECEIVABLE),
                    List.of(new Ledger.Amount(note.tenant(), off)));
        }
    }

    private static void post(
            JdbcClient tx, String kind, CreditNote note, String debit, BigDecimal amount, Currency currency) {
        if (amount.signum() > 0) {
            Ledger.post(
                    tx,
                    new Ledger.Posting(kind, note.number(), debit, Ledger.CUSTOMER_CREDIT),
                    List.of(new Ledger.Amount(note.tenant(), Money.of(amount, currency))));
        }
    }

    public static List<CreditNote> of(JdbcClient tx, TenantId customer, String invoice) {
        return tx.sql("select * from billing.credit_note where tenant_id = ? and invoice = ? order by number")
                .param(customer.toString())
                .param(invoice)
                .query((row, _) -> new CreditNote(
                        row.getString("number"),
                        TenantId.parse(row.getString("tenant_id")),
                        row.getString("customer_name"),
                        row.getString("invoice"),
                        row.getString("reason"),
                        row.getString("currency"),
                        row.getBigDecimal("amount"),
                        row.getBigDecimal("tax"),
                        row.getBigDecimal("off_due"),
                        row.getBigDecimal("to_wallet"),
                        Columns.instant(row, "issued_at")))
                .list();
    }
}
