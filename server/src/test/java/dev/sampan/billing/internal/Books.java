package dev.sampan.billing.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.springframework.jdbc.core.simple.JdbcClient;

/// What must be true of the books at all times (I2, I3, I4), asked of the database as its owner.
final class Books {
    private static final String UNBALANCED = """
            select transaction_id from billing.entry group by transaction_id, currency having sum(nanos) <> 0
            """;

    private static final String WRONG_WALLETS = """
            select wallet.tenant_id from billing.wallet
            where balance_nanos <> - (select coalesce(sum(nanos), 0) from billing.entry
                                      where tenant_id = wallet.tenant_id and account = 'customer_credit')
               or spent_nanos <> (select coalesce(sum(nanos), 0) from metering.usage
                                  where tenant_id = wallet.tenant_id and fund is null)
               or leased_nanos <> (select coalesce(sum(nanos), 0) from billing.lease
                                   where tenant_id = wallet.tenant_id)
            """;

    private static final String UNBOOKED = """
            select usage.batch from metering.usage
            group by usage.batch, usage.tenant_id
            having sum(usage.nanos) <> (select coalesce(-sum(entry.nanos), 0)
                from billing.ledger_transaction as booked join billing.entry on entry.transaction_id = booked.id
                where booked.kind = 'charge' and split_part(booked.reference, '/', 1) = usage.batch
                  and booked.tenant_id = usage.tenant_id and entry.account = 'earnings')
            """;

    private static final String WRONG_FUNDS = """
            select fund.id from billing.fund
            where used <> (select coalesce(sum(drawn), 0) from metering.usage where usage.fund = fund.id)
               or leased <> (select coalesce(sum(count), 0) from billing.fund_lease where fund_lease.fund = fund.id)
               or kind <> 'credit_line' and rest <> (select coalesce(-sum(nanos), 0)
                      from billing.entry join billing.ledger_transaction as posted on posted.id = transaction_id
                      where posted.fund = fund.id and account in ('fund_credit', 'units_owed'))
               or kind = 'credit_line' and used <> (select coalesce(sum(nanos), 0)
                      from billing.entry join billing.ledger_transaction as posted on posted.id = transaction_id
                      where posted.fund = fund.id and account = 'receivable')
            """;

    private Books() {}

    static void check(JdbcClient owner) {
        owner.sql("set sampan.scope = 'platform'").update();
        assertThat(strings(owner, UNBALANCED))
                .as("ledger transactions that do not sum to zero")
                .isEmpty();
        assertThat(strings(owner, WRONG_WALLETS))
                .as("wallets that are not the sum of their entries")
                .isEmpty();
        assertThat(strings(owner, WRONG_FUNDS))
                .as("funds that are not the sum of their entries")
                .isEmpty();
        assertThat(strings(owner, UNBOOKED))
                .as("batches of usage whose ledger transaction differs")
                .isEmpty();
    }

    private static java.util.List<String> strings(JdbcClient owner, String sql) {
        return owner.sql(sql).query(String.class).list();
    }
}
