package dev.sampan.billing.internal;

import dev.sampan.accounts.Principal;
import dev.sampan.billing.Billing;
import dev.sampan.database.Database;
import dev.sampan.gateway.Call;
import dev.sampan.gateway.Purse;
import dev.sampan.gateway.Quantities;
import dev.sampan.kernel.Money;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.metering.internal.OpenJournal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/// The whole of money on one installation, as the platform puts it together, without Spring and HTTP.
final class Till implements AutoCloseable {
    static final Money PRICE = Money.of("0.002", "CNY");
    static final String MODEL = "helpdesk";

    final Database database;
    final Billing billing;
    final List<Object> events = new CopyOnWriteArrayList<>();
    final OpenJournal opened;
    final PurseLife life;
    final Wallets wallets;
    final Slices slices;
    final FundBook book;
    final FundDesk funds;
    final Treasurer treasurer;
    private final ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();
    private final JournalledPurse purse;

    Till(Path journalFolder, Database database) {
        this(journalFolder, database, InstantSource.system());
    }

    Till(Path journalFolder, Database database, InstantSource clock) {
        this.database = database;
        AtomicReference<Ulid> node = new AtomicReference<>();
        slices = new Slices(
                new Slices.Stores(new SqlLeases(database, node::get), new SqlFundLeases(database, node::get)),
                background,
                clock);
        opened = OpenJournal.in(journalFolder, database, new Booker(slices));
        node.set(opened.journal().node());
        Prices prices = new Prices(database, clock);
        OneCustomer accounts = new OneCustomer("海港小店 & Söhne {total}");
        wallets = new Wallets(database, opened.journal(), slices, Currency.getInstance("CNY"));
        book = new FundBook(database, slices);
        funds = new FundDesk(database, opened.journal(), slices, book, clock);
        purse = new JournalledPurse(
                new JournalledPurse.Terms(prices::current, book::of), slices, opened.journal(), clock);
        treasurer = new Treasurer(database, slices, background);
        billing = new BillingOffice(
                new BillingOffice.Desks(
                        prices,
                        wallets,
                        treasurer,
                        new Sums(opened.journal(), opened.meters(), accounts),
                        new Invoices(database, opened.meters(), opened.journal(), accounts, prices, clock),
                        new InvoicePdf(() -> "舢板智能", ZoneId.of("Asia/Shanghai"))),
                events::add);
        life = new PurseLife(
                purse,
                slices,
                opened.journal(),
                new PurseLife.Upkeep(
                        List.of(book::reload, slices::idleComeHome),
                        List.of(prices::reload, funds::lapse),
                        List.of(
                                book::news,
                                new Recalls(database, slices, book)::look,
                                new LowBalances(database, events::add)::look)));
        life.start();
        billing.setPrice(MODEL, "客服意图识别", PRICE, OneCustomer.ACTOR);
    }

    Purse purse() {
        return purse;
    }

    Purse.Reservation reserve(TenantId customer, long units) {
        return reserve(customer, Quantities.units(units));
    }

    Purse.Reservation reserve(TenantId customer, Quantities most) {
        Call call = new Call(
                Ulid.next(), new Principal(customer, customer.value(), "key"), MODEL, most, System.currentTimeMillis());
        return purse.reserve(call).toCompletableFuture().join();
    }

    /// @return true when the call was paid
    boolean pay(TenantId customer, long units) {
        return switch (reserve(customer, units)) {
            case Purse.Held held -> {
                purse.settle(held, Quantities.units(units), null)
                        .toCompletableFuture()
                        .join();
                yield true;
            }
            case Purse.Refused _ -> false;
        };
    }

    TenantId customerWith(String amount) {
        TenantId customer = new TenantId(Ulid.next());
        billing.grantTrialCredit(customer, Money.of(amount, "CNY"), OneCustomer.ACTOR);
        return customer;
    }

    @Override
    public void close() throws IOException {
        life.stop();
        opened.close();
        background.close();
    }
}
