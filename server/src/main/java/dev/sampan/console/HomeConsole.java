package dev.sampan.console;

import dev.sampan.shell.AccessRule;
import dev.sampan.shell.AccessRules;
import dev.sampan.shell.NavigationEntry;
import dev.sampan.shell.NavigationEntry.Group;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What this room adds to the console.
@Configuration(proxyBeanMethods = false)
class HomeConsole {
    @Bean
    NavigationEntry homeEntry() {
        return new NavigationEntry(Group.BUILD, "console.home", "/", 0, "home");
    }

    @Bean
    AccessRules homeRules() {
        return AccessRules.of(AccessRule.page("/"));
    }
}
