package dev.sampan.payments.internal;

import dev.sampan.billing.Billing;
import dev.sampan.kernel.Money;
import dev.sampan.kernel.TenantId;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Billing's wallets.
record BilledTreasury(Billing billing) implements Treasury {
    @Override
    public void credit(JdbcClient tx, TenantId customer, Money amount, String reference) {
        billing.credit(tx, customer, amount, reference);
    }

    @Override
    public void takeBack(JdbcClient tx, TenantId customer, Money amount, String reference) {
        billing.takeBack(tx, customer, amount, reference);
    }

    @Override
    public Money available(TenantId customer) {
        return billing.balance(customer).available();
    }
}
