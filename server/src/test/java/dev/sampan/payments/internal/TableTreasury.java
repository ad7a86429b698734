package dev.sampan.payments.internal;

import dev.sampan.database.Database;
import dev.sampan.kernel.Money;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.TenantId;
import java.util.Currency;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Wallets as rows of one table, so that credit stands or falls with the transaction it is in; told to fail, it
/// fails.
final class TableTreasury implements Treasury {
    private final Database database;
    private final Currency currency;
    private final AtomicInteger failures = new AtomicInteger();

    /// @param owner makes the table
    TableTreasury(Database database, JdbcClient owner, Currency currency) {
        this.database = database;
        this.currency = currency;
        owner.sql("create schema if not exists treasury").update();
        owner.sql("create table if not exists treasury.move (customer text not null, nanos bigint not null,"
                        + " reference text not null unique)")
                .update();
        owner.sql("grant usage on schema treasury to sampan_app").update();
        owner.sql("grant all on treasury.move to sampan_app").update();
    }

    /// So many of the next credits fail.
    void failNext(int times) {
        failures.set(times);
    }

    private void perhapsFail() {
        if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new IllegalStateException("the books are closed");
        }
    }

    @Override
    public void credit(JdbcClient tx, TenantId customer, Money amount, String reference) {
        add(tx, customer, amount.nanos(), reference);
        perhapsFail();
    }

    @Override
    public void takeBack(JdbcClient tx, TenantId customer, Money amount, String reference) {
        tx.sql("select pg_advisory_xact_lock(hashtext(?))")
                .param(customer.toString())
                .query((_, _) -> true)
                .single();
        if (sum(tx, customer) < amount.nanos()) {
            throw new ProblemException(Problem.of("billing.spent", amount + " is not there any more"));
        }
        add(tx, customer, -amount.nanos(), reference);
    }

    private static void add(JdbcClient tx, TenantId customer, long nanos, String reference) {
        tx.sql("insert into treasury.move (customer, nanos, reference) values (?, ?, ?) on conflict do nothing")
                .param(customer.toString())
                .param(nanos)
                .param(reference)
                .update();
    }

    private static long sum(JdbcClient tx, TenantId customer) {
        return tx.sql("select coalesce(sum(nanos), 0) from treasury.move where customer = ?")
                .param(customer.toString())
                .query(Long.class)
                .single();
    }

    /// The customer calls.
    void spend(TenantId customer, Money amount) {
        database.asPlatform(tx -> {
            add(tx, customer, -amount.nanos(), "calls/" + dev.sampan.kernel.Ulid.next());
            return true;
        });
    }

    @Override
    public Money available(TenantId customer) {
        return new Money(database.asPlatform(tx -> sum(tx, customer)), currency);
    }

    List<String> references(TenantId customer) {
        return database.asPlatform(tx -> tx.sql("select reference from treasury.move where customer = ? order by 1")
                .param(customer.toString())
                .query(String.class)
                .list());
    }
}
