package dev.sampan.integrity.web;

import dev.sampan.shell.AccessRule;
import dev.sampan.shell.AccessRules;
import dev.sampan.shell.NavigationEntry;
import dev.sampan.shell.NavigationEntry.Group;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What this room adds to the console.
@Configuration(proxyBeanMethods = false)
class IntegrityConsole {
    @Bean
    NavigationEntry integrityEntry() {
        return new NavigationEntry(Group.GOVERN, "integrity.title", "/integrity", 10, "check");
    }

    @Bean
    AccessRules integrityRules() {
        return AccessRules.of(
                AccessRule.page("/integrity"),
                AccessRule.form("/integrity"),
                // The operator proves himself by a token in the header, which no other site can send.
                AccessRule.form("/api/integrity").forAnyone());
    }
}
