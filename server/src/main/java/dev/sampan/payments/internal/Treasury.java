package dev.sampan.payments.internal;

import dev.sampan.kernel.Money;
import dev.sampan.kernel.TenantId;
import java.util.Currency;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The wallets, as far as this room moves money into and out of them.
interface Treasury {
    /// Once for a reference, whatever is told twice.
    void credit(JdbcClient tx, TenantId customer, Money amount, String reference);

    /// Once for a reference.
    ///
    /// @throws dev.sampan.kernel.ProblemException when it is spent or held
    void takeBack(JdbcClient tx, TenantId customer, Money amount, String reference);

    /// What may be spent now.
    Money available(TenantId customer);

    default Currency currency(TenantId customer) {
        return available(customer).currency();
    }
}
