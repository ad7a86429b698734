package dev.sampan.billing.internal;

import dev.sampan.billing.Invoice;
import dev.sampan.database.Columns;
import dev.sampan.gateway.Meter;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Money;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.metering.Meters.Window;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The invoices' rows.
final class InvoiceStore {
    private static final String LAST = """
            select upto_sequence, coalesce(usage_before, period_to) as usage_before from billing.invoice
            where tenant_id = ? order by upto_sequence desc, usage_before desc limit 1
            """;

    private static final String COUNTER = """
            insert into billing.invoice_counter (year, issued) values (?, 0) on conflict do nothing
            """;

    private static final String INSERT = """
            insert into billing.invoice
                (number, tenant_id, customer_name, after_sequence, upto_sequence, period_from, period_to, issued_at,
                 issued_by, currency, total, paid_by_credit, due, usage_before, due_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String INSERT_LINE = """
            insert into billing.invoice_line
                (number, position, tenant_id, product, model, price_version, from_prompt, fund, meter, calls, units,
                 unit_nanos, exact_nanos, amount)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String LINES = """
            select line.*, invoice.currency from billing.invoice_line as line join billing.invoice using (number)
            where number = ? order by position
            """;

    private InvoiceStore() {}

    /// @param upTo sequence the last invoice ends with; 0 before the first
    /// @param to calls received before are on it or on an earlier one; the epoch before the first
    record Last(long upTo, Instant to) {
        /// Of what no invoice holds, rows up to `sealed` of calls received before `before`.
        Window until(long sealed, Instant before) {
            return new Window(upTo, to, sealed, before);
        }

        /// Of no rows.
        Window none() {
            return new Window(upTo, to, upTo, to);
        }
    }

    static Last last(JdbcClient tx, TenantId customer) {
        return tx.sql(LAST)
                .param(customer.toString())
                .query((row, _) -> new Last(row.getLong("upto_sequence"), Columns.instant(row, "usage_before")))
                .optional()
                .orElse(new Last(0, Instant.EPOCH));
    }

    /// Draws the next number and stores the draft under it.
    ///
    /// @return empty when another invoice of the customer came in between; then nothing was stored
    static Optional<Invoice> issue(JdbcClient tx, Invoice draft, Window window, ActorId by) {
        lock(tx, draft.tenant());
        int year = Invoices.year(draft);
        tx.sql(COUNTER).param(year).update();
        int issued = tx.sql("select issued from billing.invoice_counter where year = ? for update")
                .param(year)
                .query(Integer.class)
                .single();
        if (!last(tx, draft.tenant()).equals(new Last(window.after(), window.from()))) {
            return Optional.empty();
        }
        tx.sql("update billing.invoice_counter set issued = issued + 1 where year = ?")
                .param(year)
                .update();
        Invoice invoice = draft.numbered(String.format("S-%04d-%06d", year, issued + 1));
        insert(tx, invoice, window, by);
        for (int i = 0; i < invoice.lines().size(); i++) {
            insertLine(tx, invoice, i);
        }
        ItemStore.insert(tx, invoice);
        return Optional.of(invoice);
    }

    /// Whoever does something about a customer's invoices waits for whoever does already.
    static void lock(JdbcClient tx, TenantId customer) {
        tx.sql("select pg_advisory_xact_lock(hashtextextended('billing.payer ' || ?, 0)) is null")
                .param(customer.toString())
                .query(Boolean.class)
                .single();
    }

    private static void insert(JdbcClient tx, Invoice invoice, Window window, ActorId by) {
        tx.sql(INSERT)
                .param(invoice.number())
                .param(invoice.tenant().toString())
                .param(invoice.customerName())
                .param(window.after())
                .param(window.upTo())
                .param(Columns.utc(invoice.from()))
                .param(Columns.utc(invoice.to()))
                .param(Columns.utc(invoice.issuedAt()))
                .param(by.toString())
                .param(invoice.currency())
                .param(invoice.total())
                .param(invoice.paidByCredit())
                .param(invoice.due())
                .param(Columns.utc(window.before()))
                .param(invoice.dueAt() == null ? null : Columns.utc(invoice.dueAt()))
                .update();
    }

    private static void insertLine(JdbcClient tx, Invoice invoice, int position) {
        Invoice.Line line = invoice.lines().get(position);
        tx.sql(INSERT_LINE)
                .param(invoice.number())
                .param(position)
                .param(invoice.tenant().toString())
                .param(line.product())
                .param(line.model())
                .param(line.priceVersion().toString())
                .param(line.fromPrompt())
                .param(line.fund() == null ? null : line.fund().toString())
                .param(line.meter().code())
                .param(line.calls())
                .param(line.units())
                .param(line.unitPrice().nanos())
                .param(line.exact().nanos())
                .param(line.amount())
                .update();
    }

    static List<Invoice> all(JdbcClient tx, TenantId customer) {
        return tx.sql("select * from billing.invoice where tenant_id = ? order by issued_at desc, number desc")
                .param(customer.toString())
                .query((row, _) -> invoice(row, tx))
                .list();
    }

    static Optional<Invoice> one(JdbcClient tx, TenantId customer, String number) {
        return tx.sql("select * from billing.invoice where tenant_id = ? and number = ?")
                .param(customer.toString())
                .param(number)
                .query((row, _) -> invoice(row, tx))
                .optional();
    }

    private static List<Invoice.Line> lines(JdbcClient tx, String number) {
        return tx.sql(LINES)
                .param(number)
                .query((row, _) -> {
                    Currency currency = Currency.getInstance(row.getString("currency"));
                    return new Invoice.Line(
                            row.getString("product"),
                            row.getString("model"),
                            Ulid.parse(row.getString("price_version")),
                            row.getLong("from_prompt"),
                            fund(row.getString("fund")),
                            Meter.of(row.getString("meter")),
                            row.getLong("calls"),
                            row.getLong("units"),
                            new Money(row.getLong("unit_nanos"), currency),
                            new Money(row.getLong("exact_nanos"), currency),
                            row.getBigDecimal("amount"));
                })
                .list();
    }

    private static @Nullable Ulid fund(@Nullable String id) {
        return id == null ? null : Ulid.parse(id);
    }

    private static Invoice invoice(ResultSet row, JdbcClient tx) throws SQLException {
        String number = row.getString("number");
        return new Invoice(
                number,
                TenantId.parse(row.getString("tenant_id")),
                row.getString("customer_name"),
                Columns.instant(row, "period_from"),
                Columns.instant(row, "period_to"),
                Columns.instant(row, "issued_at"),
                lines(tx, number),
                row.getString("currency"),
                row.getBigDecimal("total"),
                row.getBigDecimal("paid_by_credit"),
                row.getBigDecimal("due"),
                ItemStore.of(tx, number),
                Columns.instantOrNull(row, "due_at"));
    }
}
