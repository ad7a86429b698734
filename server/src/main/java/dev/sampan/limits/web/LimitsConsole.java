package dev.sampan.limits.web;

import dev.sampan.shell.AccessRule;
import dev.sampan.shell.AccessRules;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What this room adds to the console.
@Configuration(proxyBeanMethods = false)
class LimitsConsole {
    @Bean
    AccessRules limitsRules() {
        return AccessRules.of(
                // The operator proves himself by a token in the header, which no other site can send.
                AccessRule.form("/api/limits").forAnyone(),
                AccessRule.page("/api/limits").forAnyone(),
                AccessRule.form("/api/limits/keys").forAnyone());
    }
}
