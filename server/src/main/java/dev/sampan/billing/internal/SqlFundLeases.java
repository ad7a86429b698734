package dev.sampan.billing.internal;

import dev.sampan.billing.internal.SqlLeases.AnotherMove;
import dev.sampan.billing.internal.SqlLeases.Wish;
import dev.sampan.database.Database;
import dev.sampan.kernel.Ulid;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Leases of funds in PostgreSQL, as those of wallets. Always the fund's row first, then the lease's, as the [Booker]
/// does.
final class SqlFundLeases implements LeaseStore {
    private static final String REST = """
            select rest - leased as rest, unit from billing.fund where id = ? for update
            """;

    private static final String FIRST = """
            insert into billing.fund_lease (node, fund, tenant_id, count, version, last_granted)
            values (?, ?, ?, ?, 1, ?) on conflict do nothing
            """;

    private static final String NEXT = """
            update billing.fund_lease set count = count + ?, version = version + 1, last_granted = ?
            where node = ? and fund = ? and version = ?
            """;

    private static final String HAND_OUT = """
            update billing.fund set leased = leased + ? where id = ? and rest - leased >= ?
            """;

    /// Other installations hold what is missing here: they give back what they do not use, within seconds.
    private static final String CALL_HOME = """
            insert into billing.recall (tenant_id, asked_at)
            select ?, now() where exists (select from billing.fund_lease
                                          where fund = ? and node <> ? and count > 0)
            on conflict (tenant_id) do update set asked_at = excluded.asked_at
            where recall.asked_at < now() - interval '2 seconds'
            """;

    private static final String GIVE_BACK = """
            with returned as (delete from billing.fund_lease where node = ? returning fund, count)
            update billing.fund set leased = leased - returned.count from returned where fund.id = returned.fund
            """;

    private final Database database;
    private final Supplier<Ulid> node;

    SqlFundLeases(Database database, Supplier<Ulid> node) {
        this.database = database;
        this.node = node;
    }

    private static String fund(Pot pot) {
        return Objects.requireNonNull(pot.fund(), "a wallet is leased elsewhere")
                .toString();
    }

    @Override
    public @Nullable Grant take(Pot pot, long version, long need, long worth) {
        try {
            return database.asPlatform(tx -> take(tx, pot, version, new Wish(need, worth)));
        } catch (AnotherMove _) {
            return null;
        }
    }

    private Grant take(JdbcClient tx, Pot pot, long version, Wish wish) {
        Grant rest = tx.sql(REST)
                .param(fund(pot))
                .query((row, _) -> new Grant(0, row.getLong("rest"), row.getString("unit")))
                .optional()
                .orElse(null);
        if (rest == null) {
            return new Grant(0, 0, null);
        }
        long granted = wish.of(rest.rest());
        if (granted > 0) {
            if (move(tx, pot, version, granted) != 1) {
                throw new AnotherMove();
            }
            handOut(tx, pot, granted);
        }
        if (granted < wish.need()) {
            tx.sql(CALL_HOME)
                    .param(pot.tenant().toString())
                    .param(fund(pot))
                    .param(node.get().toString())
                    .update();
        }
        return new Grant(granted, rest.rest() - granted, rest.unit());
    }

    private int move(JdbcClient tx, Pot pot, long version, long granted) {
        String here = node.get().toString();
        return version == 0
                ? tx.sql(FIRST)
                        .param(here)
                        .param(fund(pot))
                        .param(pot.tenant().toString())
                        .param(granted)
                        .param(granted)
                        .update()
                : tx.sql(NEXT)
                        .param(granted)
                        .param(granted)
                        .param(here)
                        .param(fund(pot))
                        .param(version)
                        .update();
    }

    private static void handOut(JdbcClient tx, Pot pot, long granted) {
        int handed =
                tx.sql(HAND_OUT).param(granted).param(fund(pot)).param(granted).update();
        if (handed != 1) {
            throw new IllegalStateException("a fund's rest changed under its lock: " + pot.fund());
        }
    }

    @Override
    public boolean giveBack(Pot pot, long version, long count) {
        return database.asPlatform(tx -> {
            tx.sql(REST).param(fund(pot)).query((_, _) -> true).single(); // the fund's row first
            if (move(tx, pot, version, -count) != 1) {
                return false;
            }
            handOut(tx, pot, -count);
            return true;
        });
    }

    @Override
    public Move last(Pot pot) {
        return database.asPlatform(
                tx -> tx.sql("select version, last_granted from billing.fund_lease where node = ? and fund = ?")
                        .param(node.get().toString())
                        .param(fund(pot))
                        .query((row, _) -> new Move(row.getLong("version"), row.getLong("last_granted")))
                        .optional()
                        .orElse(new Move(0, 0)));
    }

    @Override
    public void giveBackAll() {
        database.asPlatform(tx -> tx.sql(GIVE_BACK).param(node.get().toString()).update());
    }
}
