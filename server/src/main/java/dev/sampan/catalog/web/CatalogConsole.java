package dev.sampan.catalog.web;

import dev.sampan.shell.AccessRule;
import dev.sampan.shell.AccessRules;
import dev.sampan.shell.NavigationEntry;
import dev.sampan.shell.NavigationEntry.Group;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What this room adds to the console.
@Configuration(proxyBeanMethods = false)
class CatalogConsole {
    @Bean
    NavigationEntry modelsEntry() {
        return new NavigationEntry(Group.USE, "catalog.models", "/models", 10, "models");
    }

    @Bean
    AccessRules catalogRules() {
        return AccessRules.of(AccessRule.page("/models"), AccessRule.page("/models/{name}"));
    }
}
