package dev.sampan.billing.internal;

import dev.sampan.kernel.Money;
import dev.sampan.kernel.TenantId;
import dev.sampan.metering.Booking;
import dev.sampan.metering.Usage;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Books a batch of usage: for each customer one ledger transaction, and the same amount off the wallet's
/// balance and off this installation's lease; then what funds have paid ([FundBooker]). The rows of usage carry
/// the batch, the ledger transaction names it.
final class Booker implements Booking {
    /// Rows are locked in one order, so that two installations that book never wait for each other in a circle.
    private static final String LOCK = """
            select count(*) from
                (select 1 from billing.wallet where tenant_id = any (?::text[]) order by tenant_id for update) as locked
            """;

    private static final String SPEND = """
            update billing.wallet
            set balance_nanos = balance_nanos - row.nanos,
                leased_nanos = leased_nanos - row.nanos,
                spent_nanos = spent_nanos + row.nanos
            from unnest(?::text[], ?::bigint[], ?::text[]) as row (tenant_id, nanos, currency)
            where wallet.tenant_id = row.tenant_id and wallet.currency = row.currency
            """;

    private static final String OFF_LEASE = """
            update billing.lease set nanos = lease.nanos - row.nanos
            from unnest(?::text[], ?::bigint[]) as row (tenant_id, nanos)
            where lease.node = ? and lease.tenant_id = row.tenant_id
            """;

    private final Slices slices;

    Booker(Slices slices) {
        this.slices = slices;
    }

    @Override
    public void book(Batch batch, JdbcClient tx) {
        List<Ledger.Amount> amounts = sums(batch.usages());
        if (!amounts.isEmpty()) {
            book(batch, amounts, tx);
        }
        FundBooker.book(batch, tx);
    }

    private static void book(Batch batch, List<Ledger.Amount> amounts, JdbcClient tx) {
        String[] tenants =
                amounts.stream().map(amount -> amount.tenant().toString()).toArray(String[]::new);
        long[] nanos = amounts.stream().mapToLong(Ledger.Amount::count).toArray();
        String[] currencies = amounts.stream().map(Ledger.Amount::unit).toArray(String[]::new);
        tx.sql(LOCK).param(tenants).query(Long.class).single();
        int spent = tx.sql(SPEND).param(tenants).param(nanos).param(currencies).update();
        int offLease = tx.sql(OFF_LEASE)
                .param(tenants)
                .param(nanos)
                .param(batch.node().toString())
                .update();
        if (spent != tenants.length || offLease != tenants.length) {
            throw new IllegalStateException("charges of " + tenants.length + " customers, but " + spent
                    + " wallets and " + offLease + " leases to book them on");
        }
        Ledger.post(
                tx,
                new Ledger.Posting("charge", batch.id().toString(), Ledger.CUSTOMER_CREDIT, Ledger.EARNINGS),
                amounts);
    }

    /// What wallets have paid. What cost nothing is not booked.
    private static List<Ledger.Amount> sums(List<Usage> usages) {
        Map<TenantId, Money> sums = new TreeMap<>(Comparator.comparing(TenantId::value));
        for (Usage usage : usages) {
            if (usage.drawn() == null) {
                sums.merge(usage.tenant(), usage.amount(), Money::plus);
            }
        }
        return sums.entrySet().stream()
                .filter(sum -> sum.getValue().nanos() != 0)
                .map(sum -> new Ledger.Amount(sum.getKey(), sum.getValue()))
                .toList();
    }

    @Override
    public void booked(List<Usage> drained) {
        slices.booked(drained);
    }
}
