package dev.sampan.billing.internal;

import dev.sampan.database.Database;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Leases of wallets in PostgreSQL. Always the wallet's row first, then the lease's, as the [Booker] does.
final class SqlLeases implements LeaseStore {
    /// So many calls' worth of leases empties a wallet: each takes an eighth of what is left.
    private static final int SHARE = 8;

    private static final String REST = """
            select balance_nanos - leased_nanos as rest, currency from billing.wallet where tenant_id = ? for update
            """;

    private static final String FIRST = """
            insert into billing.lease (node, tenant_id, nanos, version, last_granted) values (?, ?, ?, 1, ?)
            on conflict do nothing
            """;

    private static final String NEXT = """
            update billing.lease set nanos = nanos + ?, version = version + 1, last_granted = ?
            where node = ? and tenant_id = ? and version = ?
            """;

    private static final String HAND_OUT = """
            update billing.wallet set leased_nanos = leased_nanos + ?
            where tenant_id = ? and balance_nanos - leased_nanos >= ?
            """;

    /// Other installations hold what is missing here: they give back what they do not use, within seconds.
    private static final String CALL_HOME = """
            insert into billing.recall (tenant_id, asked_at)
            select ?, now() where exists (select from billing.lease
                                          where tenant_id = ? and node <> ? and nanos > 0)
            on conflict (tenant_id) do update set asked_at = excluded.asked_at
            where recall.asked_at < now() - interval '2 seconds'
            """;

    private static final String PART_BACK = """
            update billing.lease set nanos = nanos - ?, version = version + 1, last_granted = -?::bigint
            where node = ? and tenant_id = ? and version = ?
            """;

    private static final String TAKE_IN = """
            update billing.wallet set leased_nanos = leased_nanos - ? where tenant_id = ?
            """;

    private static final String GIVE_BACK = """
            with returned as (delete from billing.lease where node = ? returning tenant_id, nanos)
            update billing.wallet set leased_nanos = leased_nanos - returned.nanos
            from returned where wallet.tenant_id = returned.tenant_id
            """;

    private final Database database;
    private final Supplier<Ulid> node;

    /// @param node asked at the first lease: the journal that knows it is opened later
    SqlLeases(Database database, Supplier<Ulid> node) {
        this.database = database;
        this.node = node;
    }

    @Override
    public @Nullable Grant take(Pot pot, long version, long need, long worth) {
        try {
            return database.asPlatform(tx -> take(tx, pot.tenant(), version, new Wish(need, worth)));
        } catch (AnotherMove _) {
            return null;
        }
    }

    record Wish(long need, long worth) {
        long of(long rest) {
            long share = rest / SHARE >= worth ? rest / SHARE : 0;
            return Math.min(rest, Math.max(need, share));
        }
    }

    private record Rest(long nanos, String currency) {}

    /// Rolls the transaction back.
    static final class AnotherMove extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private Grant take(JdbcClient tx, TenantId tenant, long version, Wish wish) {
        Rest rest = tx.sql(REST)
                .param(tenant.toString())
                .query((row, _) -> new Rest(row.getLong("rest"), row.getString("currency")))
                .optional()
                .orElse(null);
        if (rest == null) {
            return new Grant(0, 0, null);
        }
        long granted = wish.of(rest.nanos);
        if (granted > 0) {
            move(tx, tenant, version, granted);
        }
        if (granted < wish.need) {
            tx.sql(CALL_HOME)
                    .param(tenant.toString())
                    .param(tenant.toString())
                    .param(node.get().toString())
                    .update();
        }
        return new Grant(granted, rest.nanos - granted, rest.currency);
    }

    private void move(JdbcClient tx, TenantId tenant, long version, long granted) {
        String here = node.get().toString();
        int moved = version == 0
                ? tx.sql(FIRST)
                        .param(here)
                        .param(tenant.toString())
                        .param(granted)
                        .param(granted)
                        .update()
                : tx.sql(NEXT)
                        .param(granted)
                        .param(granted)
                        .param(here)
                        .param(tenant.toString())
                        .param(version)
                        .update();
        if (moved != 1) {
            throw new AnotherMove();
        }
        int handed = tx.sql(HAND_OUT)
                .param(granted)
                .param(tenant.toString())
                .param(granted)
                .update();
        if (handed != 1) {
            throw new IllegalStateException("a wallet's rest changed under its lock: " + tenant);
        }
    }

    @Override
    public boolean giveBack(Pot pot, long version, long nanos) {
        String tenant = pot.tenant().toString();
        return database.asPlatform(tx -> {
            tx.sql(REST).param(tenant).query((_, _) -> true).single(); // the wallet's row first
            int moved = tx.sql(PART_BACK)
                    .param(nanos)
                    .param(nanos)
                    .param(node.get().toString())
                    .param(tenant)
                    .param(version)
                    .update();
            return moved == 1 && tx.sql(TAKE_IN).param(nanos).param(tenant).update() == 1;
        });
    }

    @Override
    public Move last(Pot pot) {
        return database.asPlatform(
                tx -> tx.sql("select version, last_granted from billing.lease where node = ? and tenant_id = ?")
                        .param(node.get().toString())
                        .param(pot.tenant().toString())
                        .query((row, _) -> new Move(row.getLong("version"), row.getLong("last_granted")))
                        .optional()
                        .orElse(new Move(0, 0)));
    }

    @Override
    public void giveBackAll() {
        database.asPlatform(tx -> tx.sql(GIVE_BACK).param(node.get().toString()).update());
    }
}
