package dev.sampan.billing.internal;

import dev.sampan.billing.Fund;
import dev.sampan.kernel.Ulid;
import dev.sampan.metering.Booking;
import dev.sampan.metering.Usage;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Books what funds have paid: off what is left of the fund, off this installation's lease, and one ledger
/// transaction for each fund, named after batch and fund. Locks funds in order, after wallets.
final class FundBooker {
    private static final String LOCK = """
            select * from billing.fund where id = any (?::text[]) order by id for update
            """;

    private static final String SPEND = """
            update billing.fund
            set rest = rest - row.count, leased = leased - row.count, used = used + row.count
            from unnest(?::text[], ?::bigint[]) as row (id, count) where fund.id = row.id
            """;

    private static final String OFF_LEASE = """
            update billing.fund_lease set count = fund_lease.count - row.count
            from unnest(?::text[], ?::bigint[]) as row (id, count)
            where fund_lease.node = ? and fund_lease.fund = row.id
            """;

    private FundBooker() {}

    static void book(Booking.Batch batch, JdbcClient tx) {
        Map<Ulid, Long> sums = sums(batch.usages());
        if (sums.isEmpty()) {
            return;
        }
        String[] ids = sums.keySet().stream().map(Ulid::toString).toArray(String[]::new);
        long[] counts = sums.values().stream().mapToLong(count -> count).toArray();
        List<Fund> funds =
                tx.sql(LOCK).param(ids).query((row, _) -> FundRows.fund(row)).list();
        int spent = tx.sql(SPEND).param(ids).param(counts).update();
        int offLease = tx.sql(OFF_LEASE)
                .param(ids)
                .param(counts)
                .param(batch.node().toString())
                .update();
        if (spent != ids.length || offLease != ids.length) {
            throw new IllegalStateException("charges of " + ids.length + " funds, but " + spent + " funds and "
                    + offLease + " leases to book them on");
        }
        for (Fund fund : funds) {
            long count = sums.getOrDefault(fund.id(), 0L);
            FundLedger.charge(tx, fund, count, batch.id() + "/" + fund.id());
        }
    }

    /// In order. What took nothing is not booked.
    private static Map<Ulid, Long> sums(List<Usage> usages) {
        Map<Ulid, Long> sums = new TreeMap<>();
        for (Usage usage : usages) {
            Usage.Drawn drawn = usage.drawn();
            if (drawn != null && drawn.count() > 0) {
                sums.merge(drawn.fund(), drawn.count(), Math::addExact);
            }
        }
        return sums;
    }
}
