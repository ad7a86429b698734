package dev.sampan.billing.internal;

import dev.sampan.accounts.Accounts;
import dev.sampan.accounts.Principal;
import dev.sampan.billing.Funds;
import dev.sampan.billing.Invoice;
import dev.sampan.gateway.Call;
import dev.sampan.gateway.Purse;
import dev.sampan.gateway.Quantities;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Money;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.metering.CallJournal;
import dev.sampan.metering.Meters;
import dev.sampan.testing.DatabaseFixture;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// A [Till] for the tests of nested packages, whose calls come at times of the test's own.
public final class OpenTill implements AutoCloseable {
    public static final ActorId ACTOR = OneCustomer.ACTOR;
    public static final String MODEL = Till.MODEL;

    private final Till till;
    private final DatabaseFixture database;
    private final Accounts accounts = new OneCustomer("海港小店");

    public OpenTill(Path folder, DatabaseFixture database, InstantSource clock) {
        this.database = database;
        till = new Till(folder, database.database(), clock);
    }

    public CallJournal journal() {
        return till.opened.journal();
    }

    public Meters meters() {
        return till.opened.meters();
    }

    public Treasurer treasurer() {
        return till.treasurer;
    }

    public Funds funds() {
        return till.funds;
    }

    public Accounts accounts() {
        return accounts;
    }

    public Invoices invoices() {
        InstantSource clock = InstantSource.system();
        Prices prices = new Prices(database.database(), clock);
        return new Invoices(database.database(), meters(), journal(), accounts, prices, clock);
    }

    /// Newest first.
    public List<Invoice> all(TenantId customer) {
        return till.billing.invoices(customer);
    }

    public TenantId customerWith(String amount) {
        return till.customerWith(amount);
    }

    public void topUp(TenantId customer, String amount, String reference) {
        database.database().asPlatform(tx -> till.billing.credit(tx, customer, Money.of(amount, "CNY"), reference));
    }

    public String available(TenantId customer) {
        return till.billing
                .balance(customer)
                .available()
                .amount()
                .stripTrailingZeros()
                .toPlainString();
    }

    /// Units of [#MODEL] at 0.002 each, in one call.
    public void use(TenantId customer, long units, Instant at) {
        Call call = new Call(
                Ulid.next(),
                new Principal(customer, customer.value(), "key"),
                MODEL,
                Quantities.units(units),
                at.toEpochMilli());
        Purse.Held held =
                (Purse.Held) till.purse().reserve(call).toCompletableFuture().join();
        till.purse()
                .settle(held, Quantities.units(units), null)
                .toCompletableFuture()
                .join();
    }

    @Override
    public void close() throws IOException {
        till.close();
        Books.check(database.owner());
    }
}
