package dev.sampan.gateway.web;

import dev.sampan.shell.AccessRule;
import dev.sampan.shell.AccessRules;
import dev.sampan.shell.NavigationEntry;
import dev.sampan.shell.NavigationEntry.Group;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What this room adds to the console.
@Configuration(proxyBeanMethods = false)
class GatewayConsole {
    @Bean
    NavigationEntry suppliersEntry() {
        return new NavigationEntry(Group.USE, "gateway.suppliers", "/suppliers", 40, "deployments");
    }

    @Bean
    AccessRules gatewayRules() {
        return AccessRules.of(
                AccessRule.page("/suppliers"),
                // The operator proves himself by a token in the header, which no other site can send.
                AccessRule.form("/api/suppliers").forAnyone(),
                AccessRule.page("/api/suppliers").forAnyone());
    }
}
