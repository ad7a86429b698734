package dev.sampan.billing.internal;

import dev.sampan.database.Database;
import dev.sampan.integrity.Invariant;
import dev.sampan.kernel.Money;
import dev.sampan.metering.Meters;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What the books promise, each as one question to the database. A question answers with the rows that break the
/// promise, each as one sentence.
final class BooksInvariants {
    private static final String UNBALANCED = """
            select 'The ledger transaction ' || transaction_id || ' sums to ' || sum(nanos) || ' nanos ' || currency
            from billing.entry group by transaction_id, currency having sum(nanos) <> 0
            """;

    private static final String WALLETS = """
            select 'The wallet of ' || wallet.tenant_id || ' holds ' || balance_nanos || ' nanos, its entries say '
                   || coalesce(entries.nanos, 0)
            from billing.wallet
            left join (select tenant_id, -sum(nanos) as nanos from billing.entry
                       where account = 'customer_credit' group by tenant_id) as entries using (tenant_id)
            where balance_nanos <> coalesce(entries.nanos, 0)
            """;

    private static final String LEASES = """
            select 'Of the wallet of ' || wallet.tenant_id || ' ' || leased_nanos
                   || ' nanos are out on lease, the leases say ' || coalesce(leases.nanos, 0)
            from billing.wallet
            left join (select tenant_id, sum(nanos) as nanos from billing.lease group by tenant_id) as leases
                using (tenant_id)
            where leased_nanos <> coalesce(leases.nanos, 0)
            """;

    private static final String FUNDS = """
            select 'Of the fund ' || fund.id || ' ' || rest || ' ' || unit || ' are left, its entries say '
                   || coalesce(entries.count, 0)
            from billing.fund
            left join (select fund as id, -sum(nanos) as count
                       from billing.entry join billing.ledger_transaction as posted on posted.id = transaction_id
                       where fund is not null and account in ('fund_credit', 'units_owed') group by fund) as entries
                using (id)
            where kind <> 'credit_line' and rest <> coalesce(entries.count, 0)
            """;

    private static final String FUND_LEASES = """
            select 'Of the fund ' || fund.id || ' ' || leased || ' ' || unit || ' are out on lease, the leases say '
                   || coalesce(leases.count, 0)
            from billing.fund
            left join (select fund as id, sum(count) as count from billing.fund_lease group by fund) as leases
                using (id)
            where leased <> coalesce(leases.count, 0)
            """;

    private static final String TOTALS = """
            select 'The invoice ' || number || ' says ' || total || ', its lines ' || coalesce(sum(amount), 0)
            from billing.invoice left join
                (select number, amount from billing.invoice_line
                 union all select number, amount from billing.invoice_item) as line using (number)
            group by number, total having total <> coalesce(sum(amount), 0)
            """;

    private static final String WINDOWS = """
            select 'Between the invoices of ' || tenant_id || ' usage ' || before || ' to ' || after_sequence
                   || ' is on none, or on two'
            from (select tenant_id, after_sequence,
                         lag(upto_sequence, 1, 0::bigint)
                             over (partition by tenant_id order by upto_sequence, after_sequence)
                             as before
                  from billing.invoice) as windows
            where after_sequence <> before
            """;

    private static final String RECEIVABLES = """
            select 'Of the invoices of ' || tenant_id || ' ' || said.left_over || ' ' || currency
                   || ' are to be paid, the ledger says ' || coalesce(owed.nanos, 0) || ' nanos beside calls on credit'
            from (select tenant_id, currency,
                         sum(due) - coalesce(sum(paid), 0) - coalesce(sum(credited), 0) as left_over
                  from billing.invoice
                  left join (select number, sum(amount) as paid from billing.invoice_payment group by number)
                      as payments using (number)
                  left join (select invoice as number, sum(off_due) as credited from billing.credit_note
                             group by invoice) as notes using (number)
                  group by tenant_id, currency) as said
            left join (select tenant_id, currency, sum(nanos) as nanos from billing.entry
                       where account = 'receivable' group by tenant_id, currency) as owed using (tenant_id, currency)
            where coalesce(owed.nanos, 0) < said.left_over * 1000000000
            """;

    private static final String CHANGEABLE = """
            select 'The role sampan_app may change ' || table_schema || '.' || table_name
            from information_schema.role_table_grants
            where grantee = 'sampan_app' and privilege_type in ('UPDATE', 'DELETE', 'TRUNCATE')
              and (table_schema, table_name) in
                  (('billing', 'entry'), ('billing', 'ledger_transaction'), ('billing', 'invoice'),
                   ('billing', 'invoice_line'), ('billing', 'invoice_item'), ('billing', 'credit_note'),
                   ('billing', 'price'), ('billing', 'rate'), ('metering', 'usage'))
            """;

    private final Database database;
    private final Meters meters;

    BooksInvariants(Database database, Meters meters) {
        this.database = database;
        this.meters = meters;
    }

    List<Invariant> all() {
        return List.of(
                asked(
                        "ledger.balanced",
                        tx -> tx.sql("select count(*) from billing.ledger_transaction"),
                        tx -> tx.sql(UNBALANCED)),
                asked("ledger.append_only", tx -> tx.sql("select 7"), tx -> tx.sql(CHANGEABLE)),
                asked("wallets.balanced", tx -> tx.sql("select count(*) from billing.wallet"), tx -> tx.sql(WALLETS)),
                asked("wallets.leased", tx -> tx.sql("select count(*) from billing.lease"), tx -> tx.sql(LEASES)),
                asked("funds.balanced", tx -> tx.sql("select count(*) from billing.fund"), tx -> tx.sql(FUNDS)),
                asked(
                        "funds.leased",
                        tx -> tx.sql("select count(*) from billing.fund_lease"),
                        tx -> tx.sql(FUND_LEASES)),
                new Question("usage.booked", this::charges),
                asked("invoices.summed", tx -> tx.sql("select count(*) from billing.invoice"), tx -> tx.sql(TOTALS)),
                asked(
                        "invoices.receivable",
                        tx -> tx.sql("select count(*) from billing.invoice where due > 0"),
                        tx -> tx.sql(RECEIVABLES)),
                asked(
                        "invoices.seamless",
                        tx -> tx.sql("select count(*) from billing.invoice"),
                        tx -> tx.sql(WINDOWS)));
    }

    private interface Sql extends Function<JdbcClient, JdbcClient.StatementSpec> {}

    private Invariant asked(String id, Sql count, Sql breaks) {
        return new Question(
                id,
                () -> database.snapshot(tx -> new Invariant.Finding(
                        count.apply(tx).query(Long.class).single(),
                        breaks.apply(tx).query(String.class).list())));
    }

    /// Each call that was charged is in the ledger's earnings, once.
    private Invariant.Finding charges() {
        return database.snapshot(tx -> {
            Map<String, Money> earned = earned(tx);
            List<String> breaks = new ArrayList<>();
            List<Meters.Charged> charged = meters.charged();
            for (Meters.Charged sum : charged) {
                Money booked = earned.remove(sum.tenant() + " " + sum.amount().currency());
                long nanos = booked == null ? 0 : booked.nanos();
                if (nanos != sum.amount().nanos()) {
                    breaks.add("The calls of " + sum.tenant() + " cost "
                            + sum.amount().nanos() + " nanos "
                            + sum.amount().currency() + ", the ledger earned " + nanos);
                }
            }
            earned.forEach((who, money) ->
                    breaks.add("The ledger earned " + money.nanos() + " nanos of " + who + ", who called nothing"));
            return new Invariant.Finding(charged.size(), breaks);
        });
    }

    private static Map<String, Money> earned(JdbcClient tx) {
        Map<String, Money> earned = new HashMap<>();
        tx.sql("""
                        select entry.tenant_id, currency, -sum(nanos) as nanos
                        from billing.entry join billing.ledger_transaction as posted on posted.id = transaction_id
                        where kind = 'charge' and account = 'earnings' group by entry.tenant_id, currency
                        """).query(row -> {
            Money money = new Money(row.getLong("nanos"), Currency.getInstance(row.getString("currency")));
            earned.put(row.getString("tenant_id") + " " + money.currency(), money);
        });
        return earned;
    }

    private record Question(String id, Supplier<Finding> asking) implements Invariant {
        @Override
        public Finding look() {
            return asking.get();
        }
    }
}
