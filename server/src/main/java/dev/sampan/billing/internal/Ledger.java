package dev.sampan.billing.internal;

import dev.sampan.kernel.Money;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The double-entry ledger. Debits are positive, credits negative; a transaction sums to zero, which the database
/// checks at commit. Entries are only ever added.
final class Ledger {
    /// What we owe customers in calls: their wallets.
    static final String CUSTOMER_CREDIT = "customer_credit";

    /// What we gave away to win customers.
    static final String PROMOTION = "promotion";

    /// What customers have paid us, and we have not given back.
    static final String CASH = "cash";

    /// What we earned by answering calls.
    static final String EARNINGS = "earnings";

    /// What we owe customers in calls out of funds of money.
    static final String FUND_CREDIT = "fund_credit";

    /// What customers owe us for calls that have run.
    static final String RECEIVABLE = "receivable";

    private static final String TRANSACTION = """
            insert into billing.ledger_transaction (id, tenant_id, kind, reference, fund, posted_at)
            select id, tenant_id, ?, ?, ?::text, now() from unnest(?::text[], ?::text[]) as row (id, tenant_id)
            """;

    private static final String ONCE = """
            insert into billing.ledger_transaction (id, tenant_id, kind, reference, fund, posted_at)
            values (?, ?, ?, ?, ?, now()) on conflict (kind, reference, tenant_id) do nothing
            """;

    private static final String POSTED = """
            select sum(nanos) filter (where account = ?) as nanos, currency
            from billing.entry join billing.ledger_transaction as posted on posted.id = transaction_id
            where kind = ? and reference = ? and posted.tenant_id = ? group by currency
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
    /// @param fund whose money or units it is; null for the wallet's
    record Posting(
            String kind,
            String reference,
            String debit,
            String credit,
            @Nullable Ulid fund) {
        Posting(String kind, String reference, String debit, String credit) {
            this(kind, reference, debit, credit, null);
        }

        private @Nullable String fundId() {
            return fund == null ? null : fund.toString();
        }
    }

    /// @param count nanos of a currency, or units that a fund counts
    /// @param unit the currency's code or the units'; they are never summed
    record Amount(TenantId tenant, long count, String unit) {
        Amount(TenantId tenant, Money money) {
            this(tenant, money.nanos(), money.currency().getCurrencyCode());
        }
    }

    /// Posts what was not posted before under the same reference.
    ///
    /// @return false when it was, with the same amount
    /// @throws IllegalStateException when it was with another: then two things have one name
    static boolean once(JdbcClient tx, Posting posting, Amount amount) {
        String id = Ulid.next().toString();
        int first = tx.sql(ONCE)
                .param(id)
                .param(amount.tenant.toString())
                .param(posting.kind)
                .param(posting.reference)
                .param(posting.fundId())
                .update();
        if (first == 1) {
            enter(tx, posting, List.of(amount), id);
            return true;
        }
        Amount before = tx.sql(POSTED)
                .param(posting.debit)
                .param(posting.kind)
                .param(posting.reference)
                .param(amount.tenant.toString())
                .query((row, _) -> new Amount(amount.tenant, row.getLong("nanos"), row.getString("currency")))
                .single();
        if (!before.equals(amount)) {
            throw new IllegalStateException(
                    posting.kind + " '" + posting.reference + "' was " + before + " and is to be " + amount);
        }
        return false;
    }

    static void post(JdbcClient tx, Posting posting, List<Amount> amounts) {
        String[] ids = amounts.stream().map(_ -> Ulid.next().toString()).toArray(String[]::new);
        String[] tenants =
                amounts.stream().map(amount -> amount.tenant.toString()).toArray(String[]::new);
        tx.sql(TRANSACTION)
                .param(posting.kind)
                .param(posting.reference)
                .param(posting.fundId())
                .param(ids)
                .param(tenants)
                .update();
        enter(tx, posting, amounts, ids);
    }

    private static void enter(JdbcClient tx, Posting posting, List<Amount> amounts, String... ids) {
        tx.sql(ENTRIES)
                .param(ids)
                .param(amounts.stream().map(amount -> amount.tenant.toString()).toArray(String[]::new))
                .param(amounts.stream().mapToLong(Amount::count).toArray())
                .param(amounts.stream().map(Amount::unit).toArray(String[]::new))
                .param(posting.debit)
                .param(posting.credit)
                .update();
    }
}
