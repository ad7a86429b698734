package dev.sampan.billing.internal;

import dev.sampan.accounts.Accounts;
import dev.sampan.billing.Billing;
import dev.sampan.billing.Funds;
import dev.sampan.database.Database;
import dev.sampan.gateway.Route;
import dev.sampan.integrity.Invariants;
import dev.sampan.kernel.Ulid;
import dev.sampan.metering.CallJournal;
import dev.sampan.metering.Meters;
import dev.sampan.studio.Stage;
import dev.sampan.suppliers.Pricing;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Puts the room together. Properties, all with defaults: `sampan.billing.currency` (CNY) of wallets that do
/// not exist yet, `sampan.billing.zone` (the machine's) in which invoices state times,
/// `sampan.billing.seller` (the team's name).
@Configuration(proxyBeanMethods = false)
class BillingRoom {
    @Bean
    Slices slices(Database database, ObjectProvider<CallJournal> journal, InstantSource clock) {
        Supplier<Ulid> node = () -> journal.getObject().node();
        return new Slices(
                new Slices.Stores(new SqlLeases(database, node), new SqlFundLeases(database, node)),
                Executors.newVirtualThreadPerTaskExecutor(),
                clock);
    }

    @Bean
    FundBook fundBook(Database database, Slices slices) {
        return new FundBook(database, slices);
    }

    @Bean
    FundDesk funds(Database database, CallJournal journal, Slices slices, FundBook book, InstantSource clock) {
        return new FundDesk(database, journal, slices, book, clock);
    }

    @Bean
    LowBalances lowBalances(Database database, ApplicationEventPublisher events) {
        return new LowBalances(database, events);
    }

    @Bean
    Booker booker(Slices slices) {
        return new Booker(slices);
    }

    @Bean
    Treasurer treasurer(Database database, Slices slices) {
        return new Treasurer(database, slices, Executors.newVirtualThreadPerTaskExecutor());
    }

    @Bean
    Recalls recalls(Database database, Slices slices, FundBook funds) {
        return new Recalls(database, slices, funds);
    }

    @Bean
    Prices prices(Database database, InstantSource clock) {
        return new Prices(database, clock);
    }

    @Bean
    JournalledPurse purse(
            Prices prices, FundBook funds, Slices slices, CallJournal journal, InstantSource clock, Standing standing) {
        return new JournalledPurse(
                new JournalledPurse.Terms(prices::current, funds::of, standing), slices, journal, clock);
    }

    @Bean
    PurseLife purseLife(
            JournalledPurse purse,
            Prices prices,
            Slices slices,
            FundBook book,
            FundDesk funds,
            Recalls recalls,
            LowBalances low,
            CallJournal journal) {
        PurseLife.Upkeep upkeep = new PurseLife.Upkeep(
                List.of(book::reload, slices::idleComeHome),
                List.of(prices::reload, funds::lapse),
                List.of(book::news, recalls::look, low::look));
        return new PurseLife(purse, slices, journal, upkeep);
    }

    @Bean
    Wallets wallets(
            Database database,
            CallJournal journal,
            Slices slices,
            @Value("${sampan.billing.currency:CNY}") String currency) {
        return new Wallets(database, journal, slices, Currency.getInstance(currency));
    }

    @Bean
    Invoices invoices(
            Database database,
            Meters meters,
            CallJournal journal,
            Accounts accounts,
            Prices prices,
            InstantSource clock) {
        return new Invoices(database, meters, journal, accounts, prices, clock);
    }

    @Bean
    InvoicePdf invoicePdf(
            Accounts accounts,
            @Value("${sampan.billing.seller:#{null}}") @Nullable String seller,
            @Value("${sampan.billing.zone:#{null}}") @Nullable String zone) {
        return new InvoicePdf(
                () -> seller == null ? accounts.team().name() : seller,
                zone == null ? ZoneId.systemDefault() : ZoneId.of(zone));
    }

    @Bean
    Sums sums(CallJournal journal, Meters meters, Accounts accounts) {
        return new Sums(journal, meters, accounts);
    }

    @Bean
    Billing billing(
            Prices prices,
            Wallets wallets,
            Treasurer treasurer,
            Sums sums,
            Invoices invoices,
            InvoicePdf pdf,
            ApplicationEventPublisher events) {
        return new BillingOffice(new BillingOffice.Desks(prices, wallets, treasurer, sums, invoices, pdf), events);
    }

    @Bean
    Invariants billingInvariants(Database database, Meters meters) {
        return new Invariants(new BooksInvariants(database, meters).all());
    }

    @Bean
    Pricing pricing(Billing billing) {
        return new SuppliedPrices(billing);
    }

    @Bean
    Stage priceStage(Billing billing, InstantSource clock) {
        return new PriceStage(billing, clock);
    }

    @Bean
    Route balanceRoute(Billing billing, Funds funds) {
        return new BalanceRoute(billing, funds);
    }

    @Bean
    Route usageRoute(Billing billing, InstantSource clock) {
        return new UsageRoute(billing, clock);
    }
}
