package dev.sampan.billing.internal.plans;

import dev.sampan.accounts.Accounts;
import dev.sampan.billing.Funds;
import dev.sampan.billing.Plans;
import dev.sampan.billing.internal.Invoices;
import dev.sampan.billing.internal.Treasurer;
import dev.sampan.database.Database;
import dev.sampan.metering.CallJournal;
import dev.sampan.metering.Meters;
import java.time.InstantSource;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Puts plans together. Properties: `sampan.billing.zone` (the machine's) of customers who have none of their own.
@Configuration(proxyBeanMethods = false)
class PlansRoom {
    @Bean
    Steward.Tools stewardTools(
            Database database,
            CallJournal journal,
            Meters meters,
            ApplicationEventPublisher events,
            InstantSource clock) {
        return new Steward.Tools(database, journal, meters, events, clock);
    }

    @Bean
    Plans plans(
            Steward.Tools tools,
            Accounts accounts,
            Invoices invoices,
            Treasurer treasurer,
            Funds funds,
            @Value("${sampan.billing.zone:#{null}}") @Nullable String zone) {
        ZoneId home = zone == null ? ZoneId.systemDefault() : ZoneId.of(zone);
        return assembled(tools, new Neighbours(accounts, invoices, treasurer, funds), home);
    }

    /// Whom plans work with.
    record Neighbours(Accounts accounts, Invoices invoices, Treasurer treasurer, Funds funds) {}

    static PlansDesk assembled(Steward.Tools tools, Neighbours with, ZoneId home) {
        Drafts drafts = new Drafts(with.accounts);
        Issuing issuing = new Issuing(tools.events());
        Granting granting = new Granting(with.funds);
        Periods periods = new Periods(drafts, issuing);
        Closing closing = new Closing(tools.meters(), with.invoices, drafts);
        Steward steward = new Steward(
                tools, new Steward.Hands(periods, granting, closing, issuing), home, with.accounts::platformActor);
        Moves moves = new Moves(drafts, issuing, granting, periods);
        Sales sales = new Sales(drafts, issuing, closing, with.funds);
        return new PlansDesk(tools, new PlansDesk.Desks(steward, periods, moves, sales, with.treasurer));
    }

    @Bean
    Sweeper sweeper(Database database, Plans plans, Accounts accounts) {
        return new Sweeper(database, plans, accounts);
    }
}
