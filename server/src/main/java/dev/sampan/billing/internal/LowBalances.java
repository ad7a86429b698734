package dev.sampan.billing.internal;

import dev.sampan.billing.BalanceLow;
import dev.sampan.database.Database;
import dev.sampan.kernel.Money;
import dev.sampan.kernel.TenantId;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Looks for wallets that have fallen below what their customers want to be told of. One installation tells.
final class LowBalances {
    private static final String SET = """
            insert into billing.low_balance (tenant_id, nanos, currency) values (?, ?, ?)
            on conflict (tenant_id) do update
            set nanos = excluded.nanos, currency = excluded.currency, told_at = null
            """;

    /// What was told and heard by nobody, since whoever told it died, is told again.
    private static final String LOW = """
            update billing.low_balance as low set told_at = now()
            from billing.wallet
            where wallet.tenant_id = low.tenant_id and wallet.currency = low.currency
              and wallet.balance_nanos < low.nanos
              and (low.told_at is null or low.told_at < now() - interval '1 hour')
            returning low.tenant_id, low.currency, low.nanos, wallet.balance_nanos
            """;

    private static final String HIGH = """
            update billing.low_balance as low set told_at = null
            from billing.wallet
            where wallet.tenant_id = low.tenant_id and low.told_at is not null and wallet.balance_nanos >= low.nanos
            """;

    private final Database database;
    private final ApplicationEventPublisher events;

    LowBalances(Database database, ApplicationEventPublisher events) {
        this.database = database;
        this.events = events;
    }

    static boolean set(JdbcClient tx, TenantId customer, @Nullable Money threshold) {
        if (threshold == null) {
            return tx.sql("delete from billing.low_balance where tenant_id = ?")
                            .param(customer.toString())
                            .update()
                    == 1;
        }
        return tx.sql(SET)
                        .param(customer.toString())
                        .param(threshold.nanos())
                        .param(threshold.currency().getCurrencyCode())
                        .update()
                == 1;
    }

    /// @throws dev.sampan.database.DatabaseAway the next look follows
    void look() {
        List<BalanceLow> low = database.asPlatform(tx -> {
            tx.sql(HIGH).update();
            return tx.sql(LOW)
                    .query((row, _) -> {
                        Currency currency = Currency.getInstance(row.getString("currency"));
                        return new BalanceLow(
                                TenantId.parse(row.getString("tenant_id")),
                                new Money(row.getLong("balance_nanos"), currency),
                                new Money(row.getLong("nanos"), currency));
                    })
                    .list();
        });
        low.forEach(events::publishEvent);
    }
}
