package dev.sampan.billing.internal;

import dev.sampan.billing.Balance;
import dev.sampan.database.Database;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Money;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.TenantId;
import dev.sampan.metering.CallJournal;
import java.util.Currency;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What customers have, and how they come by it.
final class Wallets {
    private static final Ledger.Posting GRANT =
            new Ledger.Posting("grant", "trial", Ledger.PROMOTION, Ledger.CUSTOMER_CREDIT);

    private static final String FIRST_GRANT = """
            insert into billing.trial_grant (tenant_id, nanos, currency, granted_at, granted_by)
            values (?, ?, ?, now(), ?) on conflict (tenant_id) do nothing
            """;

    private final Database database;
    private final CallJournal journal;
    private final Slices slices;
    private final Currency home;

    /// @param home currency of a customer without a wallet
    Wallets(Database database, CallJournal journal, Slices slices, Currency home) {
        this.database = database;
        this.journal = journal;
        this.slices = slices;
        this.home = home;
    }

    /// @param granted in the transaction, when it is the first
    boolean grantTrial(TenantId customer, Money amount, ActorId by, Runnable granted) {
        if (amount.nanos() <= 0) {
            throw new ProblemException(
                    Problem.of("billing.bad_amount", "A credit of " + amount + " cannot be granted, only more than 0"));
        }
        boolean first = database.asPlatform(tx -> {
            boolean now = grantTrial(tx, customer, amount, by);
            if (now) {
                granted.run();
            }
            return now;
        });
        if (first) {
            slices.refreshed(customer);
        }
        return first;
    }

    private static boolean grantTrial(JdbcClient tx, TenantId customer, Money amount, ActorId by) {
        int first = tx.sql(FIRST_GRANT)
                .param(customer.toString())
                .param(amount.nanos())
                .param(amount.currency().getCurrencyCode())
                .param(by.toString())
                .update();
        if (first == 0) {
            return false;
        }
        Treasurer.add(tx, customer, amount);
        Ledger.post(tx, GRANT, List.of(new Ledger.Amount(customer, amount)));
        return true;
    }

    /// One moment's truth: while nothing drains, what is held and charged here comes off what the database says.
    Balance balance(TenantId customer) {
        return journal.betweenDrains(() -> {
            Row row = database.asTenant(customer, tx -> row(tx, customer));
            Slice.Look here = slices.look(customer);
            return new Balance(
                    new Money(row.balance - here.held() - here.unbooked(), row.currency),
                    new Money(here.held(), row.currency),
                    new Money(row.spent + here.unbooked(), row.currency));
        });
    }

    private record Row(Currency currency, long balance, long spent) {}

    private Row row(JdbcClient tx, TenantId customer) {
        return tx.sql("select currency, balance_nanos, spent_nanos from billing.wallet where tenant_id = ?")
                .param(customer.toString())
                .query((row, _) -> new Row(
                        Currency.getInstance(row.getString("currency")),
                        row.getLong("balance_nanos"),
                        row.getLong("spent_nanos")))
                .optional()
                .orElse(new Row(home, 0, 0));
    }
}
