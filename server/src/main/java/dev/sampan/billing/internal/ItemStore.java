package dev.sampan.billing.internal;

import dev.sampan.billing.Invoice;
import dev.sampan.billing.InvoiceItem;
import java.time.LocalDate;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The rows of what stands on invoices beside the calls.
final class ItemStore {
    private static final String INSERT = """
            insert into billing.invoice_item
                (number, position, tenant_id, kind, subject, day_from, day_to, quantity, unit, amount)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private ItemStore() {}

    static void insert(JdbcClient tx, Invoice invoice) {
        for (int i = 0; i < invoice.items().size(); i++) {
            InvoiceItem item = invoice.items().get(i);
            tx.sql(INSERT)
                    .param(invoice.number())
                    .param(i)
                    .param(invoice.tenant().toString())
                    .param(item.kind().name())
                    .param(item.subject())
                    .param(item.from())
                    .param(item.to())
                    .param(item.quantity())
                    .param(item.unit())
                    .param(item.amount())
                    .update();
        }
    }

    static List<InvoiceItem> of(JdbcClient tx, String number) {
        return tx.sql("select * from billing.invoice_item where number = ? order by position")
                .param(number)
                .query((row, _) -> new InvoiceItem(
                        InvoiceItem.Kind.valueOf(row.getString("kind")),
                        row.getString("subject"),
                        row.getObject("day_from", LocalDate.class),
                        row.getObject("day_to", LocalDate.class),
                        row.getLong("quantity"),
                        row.getBigDecimal("unit"),
                        row.getBigDecimal("amount")))
                .list();
    }
}
