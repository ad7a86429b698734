package dev.sampan.payments.internal;

import dev.sampan.accounts.Accounts;
import dev.sampan.billing.Billing;
import dev.sampan.database.Database;
import dev.sampan.integrity.Invariants;
import dev.sampan.payments.internal.provider.Wire;
import dev.sampan.trust.Vault;
import java.time.InstantSource;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Puts the room together.
@Configuration(proxyBeanMethods = false)
class PaymentsRoom {
    @Bean(destroyMethod = "close")
    Wire paymentsWire() {
        return new Wire();
    }

    @Bean
    ProviderBook providerBook(Database database, Vault vault, Wire wire, InstantSource clock) {
        return new ProviderBook(new ProviderSets(database, vault), wire, clock);
    }

    @Bean
    PaymentHouse paymentHouse(
            Database database,
            ProviderBook book,
            Billing billing,
            Accounts accounts,
            ApplicationEventPublisher events,
            InstantSource clock) {
        return new PaymentHouse(
                new PaymentHouse.Ground(database, book, accounts, events, clock), new BilledTreasury(billing));
    }

    @Bean
    Invariants paymentInvariants(Database database) {
        return new Invariants(new PaymentInvariants(database).all());
    }

    @Bean
    PaymentOffice payments(PaymentHouse house) {
        return house.office();
    }

    @Bean
    NotificationDesk notifications(PaymentHouse house) {
        return house.notifications();
    }

    @Bean
    PaymentWatch paymentWatch(PaymentHouse house) {
        return house.watch();
    }

    @Bean
    Reconciler reconciliations(PaymentHouse house) {
        return house.reconciler();
    }
}
