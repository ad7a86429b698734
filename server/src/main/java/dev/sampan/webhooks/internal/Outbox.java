package dev.sampan.webhooks.internal;

import dev.sampan.billing.BalanceLow;
import dev.sampan.billing.CreditGranted;
import dev.sampan.billing.CreditNoteIssued;
import dev.sampan.billing.InvoiceIssued;
import dev.sampan.billing.InvoicePaid;
import dev.sampan.billing.PaymentOverdue;
import dev.sampan.billing.SubscriptionChanged;
import dev.sampan.database.Columns;
import dev.sampan.database.Database;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.Money;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.payments.PaymentDisputed;
import dev.sampan.payments.PaymentReceived;
import dev.sampan.payments.RefundMade;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Writes down what happened, in the transaction in which it did, for every endpoint there is.
final class Outbox {
    private static final String DELIVERIES = """
            insert into webhooks.delivery (message_id, endpoint_id, tenant_id, next_at)
            select ?, id, tenant_id, ? from webhooks.endpoint where removed_at is null and tenant_id = ?
            """;

    private static final String ANY = """
            select exists (select from webhooks.endpoint where removed_at is null and tenant_id = ?)
            """;

    private final Database database;
    private final Supplier<TenantId> team;
    private final InstantSource clock;

    Outbox(Database database, Supplier<TenantId> team, InstantSource clock) {
        this.database = database;
        this.team = team;
        this.clock = clock;
    }

    @EventListener
    void tell(PaymentReceived event) {
        Map<String, Object> data = about(event.tenant());
        data.put("payment", event.payment().toString());
        data.put("provider", event.provider());
        add("payment.received", data, event.amount());
    }

    @EventListener
    void tell(RefundMade event) {
        Map<String, Object> data = about(event.tenant());
        data.put("payment", event.payment().toString());
        data.put("refund", event.refund().toString());
        add("refund.made", data, event.amount());
    }

    @EventListener
    void tell(PaymentDisputed event) {
        Map<String, Object> data = about(event.tenant());
        data.put("payment", event.payment().toString());
        data.put("dispute", event.dispute());
        data.put("state", event.state().name().toLowerCase(Locale.ROOT));
        add("payment.disputed", data, event.amount());
    }

    @EventListener
    void tell(CreditGranted event) {
        add("credit.granted", about(event.tenant()), event.amount());
    }

    @EventListener
    void tell(BalanceLow event) {
        Map<String, Object> data = about(event.tenant());
        data.put("threshold", event.threshold().amount().stripTrailingZeros().toPlainString());
        add("balance.low", data, event.balance());
    }

    @EventListener
    void tell(InvoiceIssued event) {
        Map<String, Object> data = about(event.tenant());
        data.put("invoice", event.number());
        add("invoice.issued", data);
    }

    @EventListener
    void tell(InvoicePaid event) {
        Map<String, Object> data = about(event.tenant());
        data.put("invoice", event.number());
        add("invoice.paid", data);
    }

    @EventListener
    void tell(PaymentOverdue event) {
        Map<String, Object> data = about(event.tenant());
        data.put("invoice", event.number());
        data.put("step", event.step());
        add("invoice.overdue", data);
    }

    @EventListener
    void tell(CreditNoteIssued event) {
        Map<String, Object> data = about(event.tenant());
        data.put("credit_note", event.number());
        add("credit_note.issued", data);
    }

    @EventListener
    void tell(SubscriptionChanged event) {
        Map<String, Object> data = about(event.tenant());
        data.put("subscription", event.subscription().toString());
        data.put("change", event.change());
        add("subscription.changed", data);
    }

    private static Map<String, Object> about(TenantId customer) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("customer", customer.toString());
        return data;
    }

    private void add(String type, Map<String, Object> data, Money amount) {
        data.put("amount", amount.amount().stripTrailingZeros().toPlainString());
        data.put("currency", amount.currency().getCurrencyCode());
        add(type, data);
    }

    /// A message that nobody wants is not kept. What is told while a transaction's commit is being followed up
    /// comes too late to be part of it, and cannot be written on its connection any more: it is written beside.
    void add(String type, Map<String, Object> data) {
        if (database.asPlatform(Outbox::sees)) {
            write(type, data);
            return;
        }
        try {
            Thread.ofVirtual().start(() -> write(type, data)).join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Whether rows can be seen and written here.
    private static boolean sees(JdbcClient tx) {
        return tx.sql("select coalesce(current_setting('sampan.scope', true), '') = 'platform'")
                .query(Boolean.class)
                .single();
    }

    private void write(String type, Map<String, Object> data) {
        TenantId owner = team.get();
        Instant now = clock.instant();
        Ulid id = Ulid.next();
        database.asPlatform(tx -> {
            boolean wanted =
                    tx.sql(ANY).param(owner.toString()).query(Boolean.class).single();
            if (!wanted) {
                return false;
            }
            tx.sql("insert into webhooks.message (id, tenant_id, type, body, created_at) values (?, ?, ?, ?, ?)")
                    .param(id.toString())
                    .param(owner.toString())
                    .param(type)
                    .param(Json.write(Map.of("type", type, "timestamp", now.toString(), "data", data)))
                    .param(Columns.utc(now))
                    .update();
            tx.sql(DELIVERIES)
                    .param(id.toString())
                    .param(Columns.utc(now))
                    .param(owner.toString())
                    .update();
            return true;
        });
    }
}
