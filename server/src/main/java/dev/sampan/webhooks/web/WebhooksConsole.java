package dev.sampan.webhooks.web;

import dev.sampan.shell.AccessRule;
import dev.sampan.shell.AccessRules;
import dev.sampan.shell.NavigationEntry;
import dev.sampan.shell.NavigationEntry.Group;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What this room adds to the console.
@Configuration(proxyBeanMethods = false)
class WebhooksConsole {
    @Bean
    NavigationEntry webhooksEntry() {
        return new NavigationEntry(Group.SELL, "webhooks.webhooks", "/webhooks", 60, "arrow");
    }

    @Bean
    AccessRules webhooksRules() {
        return AccessRules.of(
                AccessRule.page("/webhooks"),
                AccessRule.form("/webhooks"),
                AccessRule.form("/webhooks/{endpoint}/remove"),
                AccessRule.form("/webhooks/{endpoint}/replay"));
    }
}
