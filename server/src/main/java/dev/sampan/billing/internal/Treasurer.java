package dev.sampan.billing.internal;

import dev.sampan.database.AfterCommit;
import dev.sampan.database.Database;
import dev.sampan.kernel.Money;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.TenantId;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Money that comes from outside into wallets and goes back out, in the transaction of whoever knows why.
public final class Treasurer {
    private static final Duration RECALL_MAX = Duration.ofSeconds(4);
    private static final long LOOK_MILLIS = 100;

    private static final String ADD = """
            insert into billing.wallet (tenant_id, currency, balance_nanos) values (?, ?, ?)
            on conflict (tenant_id) do update set balance_nanos = wallet.balance_nanos + excluded.balance_nanos
            where wallet.currency = excluded.currency
            """;

    private static final String TAKE = """
            update billing.wallet set balance_nanos = balance_nanos - ?
            where tenant_id = ? and currency = ? and balance_nanos - leased_nanos >= ?
            """;

    private static final String REST = """
            select balance_nanos - leased_nanos from billing.wallet where tenant_id = ? and currency = ?
            """;

    private static final String LEASED = """
            select count(*) from billing.lease where tenant_id = ? and nanos > 0
            """;

    private static final String RECALL = """
            insert into billing.recall (tenant_id, asked_at) values (?, now())
            on conflict (tenant_id) do update set asked_at = excluded.asked_at
            """;

    private final Database database;
    private final Slices slices;
    private final ExecutorService background;

    Treasurer(Database database, Slices slices, ExecutorService background) {
        this.database = database;
        this.slices = slices;
        this.background = background;
    }

    boolean credit(JdbcClient tx, TenantId customer, Money amount, String reference) {
        requirePositive(amount);
        Ledger.Posting payment = new Ledger.Posting("payment", reference, Ledger.CASH, Ledger.CUSTOMER_CREDIT);
        if (!Ledger.once(tx, payment, new Ledger.Amount(customer, amount))) {
            return false;
        }
        add(tx, customer, amount);
        AfterCommit.run(() -> slices.refreshed(customer));
        return true;
    }

    /// More into a wallet, which is there from then on.
    static void add(JdbcClient tx, TenantId customer, Money amount) {
        int added = tx.sql(ADD)
                .param(customer.toString())
                .param(amount.currency().getCurrencyCode())
                .param(amount.nanos())
                .update();
        if (added != 1) {
            throw new ProblemException(Problem.of(
                    "billing.other_currency",
                    "A credit in " + amount.currency().getCurrencyCode()
                            + " cannot be granted: the customer's wallet holds another currency"));
        }
    }

    /// Calls home what is leased of a wallet, when the rest of it does not come to the amount. To be called outside of
    /// transactions; whether it was enough is seen when something is taken.
    public void gather(TenantId customer, Money amount) {
        if (database.asPlatform(tx -> rest(tx, customer, amount)) < amount.nanos()) {
            callHome(customer, amount);
        }
    }

    /// A wallet may have more than this installation has heard of.
    public void refreshed(TenantId customer) {
        slices.refreshed(customer);
    }

    boolean takeBack(JdbcClient tx, TenantId customer, Money amount, String reference) {
        requirePositive(amount);
        Ledger.Posting back = new Ledger.Posting("take_back", reference, Ledger.CUSTOMER_CREDIT, Ledger.CASH);
        if (!Ledger.once(tx, back, new Ledger.Amount(customer, amount))) {
            return false;
        }
        if (rest(tx, customer, amount) < amount.nanos()) {
            callHome(customer, amount);
        }
        int taken = tx.sql(TAKE)
                .param(amount.nanos())
                .param(customer.toString())
                .param(amount.currency().getCurrencyCode())
                .param(amount.nanos())
                .update();
        if (taken != 1) {
            Money left = new Money(rest(tx, customer, amount), amount.currency());
            throw new ProblemException(Problem.of(
                            "billing.spent", amount + " cannot be taken back: the wallet has " + left + " left")
                    .remedy("Take back " + left + " at most; what running calls hold is free again when they end"));
        }
        return true;
    }

    private static long rest(JdbcClient tx, TenantId customer, Money amount) {
        return tx.sql(REST)
                .param(customer.toString())
                .param(amount.currency().getCurrencyCode())
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    /// Leases come home in transactions of their own: the caller's has not locked the wallet yet.
    private void callHome(TenantId customer, Money amount) {
        try {
            background.submit(() -> recall(customer, amount)).get(RECALL_MAX.toMillis() * 2, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while leases were called home", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("leases could not be called home", e);
        } catch (TimeoutException _) {
            return; // what is not home is not taken
        }
    }

    private boolean recall(TenantId customer, Money amount) throws InterruptedException {
        slices.comeHome(customer);
        if (home(customer, amount)) {
            return true;
        }
        database.asPlatform(tx -> tx.sql(RECALL).param(customer.toString()).update());
        long until = System.nanoTime() + RECALL_MAX.toNanos();
        while (!home(customer, amount) && System.nanoTime() < until) {
            Thread.sleep(LOOK_MILLIS);
        }
        database.asPlatform(tx -> tx.sql("delete from billing.recall where tenant_id = ?")
                .param(customer.toString())
                .update());
        return true;
    }

    private boolean home(TenantId customer, Money amount) {
        return database.asPlatform(tx -> rest(tx, customer, amount) >= amount.nanos()
                || tx.sql(LEASED).param(customer.toString()).query(Long.class).single() == 0);
    }

    private static void requirePositive(Money amount) {
        if (amount.nanos() <= 0) {
            throw new ProblemException(
                    Problem.of("billing.bad_amount", "An amount of " + amount + " cannot be moved, only more than 0"));
        }
    }
}
