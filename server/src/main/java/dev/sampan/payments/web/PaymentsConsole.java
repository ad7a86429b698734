package dev.sampan.payments.web;

import dev.sampan.shell.AccessRule;
import dev.sampan.shell.AccessRules;
import dev.sampan.shell.NavigationEntry;
import dev.sampan.shell.NavigationEntry.Group;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What this room adds to the console.
@Configuration(proxyBeanMethods = false)
class PaymentsConsole {
    @Bean
    NavigationEntry paymentsEntry() {
        return new NavigationEntry(Group.SELL, "payments.payments", "/payments", 25, "data");
    }

    @Bean
    AccessRules paymentsRules() {
        return AccessRules.of(
                AccessRule.page("/payments"),
                AccessRule.form("/payments/links"),
                AccessRule.page("/payments/books"),
                AccessRule.form("/payments/books"),
                AccessRule.form("/payments/statement"),
                AccessRule.page("/payments/links/{id}"),
                AccessRule.page("/payments/{id}"),
                AccessRule.form("/payments/{id}/ask"),
                AccessRule.form("/payments/{id}/refunds"),
                AccessRule.form("/payments/{id}/arrived"),
                AccessRule.portalForm("/portal/topup"),
                // Whoever has a link's token may pay it.
                AccessRule.page("/pay/{token}").forAnyone(),
                AccessRule.form("/pay/{token}").forAnyone(),
                AccessRule.form("/pay/{token}/ask").forAnyone(),
                // Whoever tells proves himself by the provider's signature.
                AccessRule.form("/pay/notify/{provider}").forAnyone(),
                // The operator proves himself by a token in the header, which no other site can send.
                AccessRule.form("/api/payments").forAnyone(),
                AccessRule.form("/api/payments/reconciliations").forAnyone(),
                AccessRule.page("/api/payments").forAnyone());
    }
}
