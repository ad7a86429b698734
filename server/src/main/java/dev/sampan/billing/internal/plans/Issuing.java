package dev.sampan.billing.internal.plans;

import dev.sampan.billing.Invoice;
import dev.sampan.billing.InvoiceIssued;
import dev.sampan.billing.InvoicePaid;
import dev.sampan.billing.internal.Receivables;
import dev.sampan.database.AfterCommit;
import dev.sampan.kernel.ActorId;
import java.time.Duration;
import java.time.Instant;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Issues invoices, within what is sane: so many a day for one customer, none below zero.
final class Issuing {
    /// A customer with more invoices in a day is a mistake of ours (Kill Bill bounds items by day for the same reason).
    static final int A_DAY = 40;

    private static final String TODAY = """
            select count(*) from billing.invoice
            where tenant_id = ? and issued_at > greatest(?, (select released_at from billing.payer where tenant_id = ?))
            """;

    private final ApplicationEventPublisher events;

    Issuing(ApplicationEventPublisher events) {
        this.events = events;
    }

    /// What comes out cannot be right: nothing of this step is kept, and the customer is parked.
    static final class Insane extends RuntimeException {
        private static final long serialVersionUID = 1;

        Insane(String reason) {
            super(reason);
        }
    }

    Invoice withoutCalls(JdbcClient tx, Invoice draft, ActorId by) {
        return issue(tx, draft, Receivables.noCalls(tx, draft.tenant()), by);
    }

    /// Under the customer's lock, so that no other invoice comes in between.
    Invoice issue(JdbcClient tx, Invoice draft, Receivables.Calls calls, ActorId by) {
        requireSane(tx, draft);
        Invoice invoice = Receivables.issue(tx, draft, calls, by)
                .orElseThrow(() -> new IllegalStateException("another invoice of " + draft.tenant() + " came between"));
        AfterCommit.run(() -> events.publishEvent(new InvoiceIssued(invoice.tenant(), invoice.number())));
        collect(tx, invoice);
        return invoice;
    }

    private void collect(JdbcClient tx, Invoice invoice) {
        for (Receivables.Open open : Receivables.open(tx, invoice.tenant())) {
            if (open.number().equals(invoice.number()) && Receivables.collect(tx, open, invoice.issuedAt())) {
                AfterCommit.run(() -> events.publishEvent(new InvoicePaid(invoice.tenant(), invoice.number())));
            }
        }
    }

    private static void requireSane(JdbcClient tx, Invoice draft) {
        if (draft.total().signum() < 0) {
            throw new Insane("An invoice would come to " + draft.total().toPlainString() + " " + draft.currency());
        }
        Instant aDayAgo = draft.issuedAt().minus(Duration.ofDays(1));
        long today = tx.sql(TODAY)
                .param(draft.tenant().toString())
                .param(dev.sampan.database.Columns.utc(aDayAgo))
                .param(draft.tenant().toString())
                .query(Long.class)
                .single();
        if (today >= A_DAY) {
            throw new Insane("There are " + today + " invoices within a day");
        }
    }
}
