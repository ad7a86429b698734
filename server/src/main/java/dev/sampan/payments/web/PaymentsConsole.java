package dev.sampan.payments.web;

import dev.sampan.shell.AccessRule;
import dev.sampan.shell.AccessRules;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What this room adds to the console.
@Configuration(proxyBeanMethods = false)
class PaymentsConsole {
    @Bean
    AccessRules paymentsRules() {
        return AccessRules.of(
                // Whoever tells proves himself by the provider's signature.
                AccessRule.form("/pay/notify/{provider}").forAnyone(),
                // The operator proves himself by a token in the header, which no other site can send.
                AccessRule.form("/api/payments").forAnyone(),
                AccessRule.page("/api/payments").forAnyone());
    }
}
