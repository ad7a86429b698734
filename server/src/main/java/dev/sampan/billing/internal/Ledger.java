package dev.sampan.billing.internal;

import dev.sampan.kernel.Money;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The double-entry ledger. Debits are positive, credits negative; a transaction sums to zero, which the database
/// checks at commit. Entries are only ever added.
final class Ledger {
    /// What we owe customers in calls: their wallets.
    static final String CUSTOMER_CREDIT = "customer_credit";

    /// What we gave away to win customers.
    static final String PROMOTION = "promotion";

    /// What we earned by answering calls.
    static final String EARNINGS = "earnings";

    private static final String TRANSACTION = """
            insert into billing.ledger_transaction (id, tenant_id, kind, reference, posted_at)
            select id, tenant_id, ?, ?, now() from unnest(?::text[], ?::text[]) as row (id, tenant_id)
            """;

    private static final String ENTRIES = """
            insert into billing.entry (transaction_id, tenant_id, account, nanos, currency)
            select id, tenant_id, account, sign * nanos, currency
            from unnest(?::text[], ?::text[], ?::bigint[], ?::text[]) as row (id, tenant_id, nanos, currency),
                 (values (?::text, 1), (?::text, -1)) as side (account, sign)
            """;

    private Ledger() {}

    /// Moves an amount of each customer from one account to another.
    ///
    /// @param kind such as `charge`
    /// @param reference with kind and customer unique: what was posted for it is not posted again
    /// @param debit the account that gains debit
    /// @param credit the account that gains credit
    record Posting(String kind, String reference, String debit, String credit) {}

    record Amount(TenantId tenant, Money money) {}

    static void post(JdbcClient tx, Posting posting, List<Amount> amounts) {
        String[] ids = amounts.stream().map(_ -> Ulid.next().toString()).toArray(String[]::new);
        String[] tenants =
                amounts.stream().map(amount -> amount.tenant.toString()).toArray(String[]::new);
        tx.sql(TRANSACTION)
                .param(posting.kind)
                .param(posting.reference)
                .param(ids)
                .param(tenants)
                .update();
        tx.sql(ENTRIES)
                .param(ids)
                .param(tenants)
                .param(amounts.stream()
                        .mapToLong(amount -> amount.money.nanos())
                        .toArray())
                .param(amounts.stream()
                        .map(amount -> amount.money.currency().getCurrencyCode())
                        .toArray(String[]::new))
                .param(posting.debit)
                .param(posting.credit)
                .update();
    }
}
