package dev.sampan.billing.web;

import dev.sampan.billing.Invoice;
import dev.sampan.billing.InvoiceItem;
import java.util.List;

/// An invoice's lines and items as comma-separated values; kinds and meters by their codes.
final class InvoiceCsv {
    private InvoiceCsv() {}

    static String of(Invoice invoice) {
        StringBuilder text = new StringBuilder(
                Csv.line(List.of("kind", "subject", "from", "to", "quantity", "unit", "amount", "currency")));
        for (Invoice.Line line : invoice.lines()) {
            text.append(Csv.line(List.of(
                    "calls." + line.meter().code(),
                    line.model(),
                    invoice.from().toString(),
                    invoice.to().toString(),
                    Long.toString(line.units()),
                    line.unitPrice().amount().toPlainString(),
                    line.amount().toPlainString(),
                    invoice.currency())));
        }
        for (InvoiceItem item : invoice.items()) {
            text.append(Csv.line(List.of(
                    item.kind().name().toLowerCase(java.util.Locale.ROOT),
                    item.subject(),
                    item.from() == null ? "" : item.from().toString(),
                    item.to() == null ? "" : item.to().toString(),
                    Long.toString(item.quantity()),
                    item.unit().toPlainString(),
                    item.amount().toPlainString(),
                    invoice.currency())));
        }
        return text.toString();
    }
}
