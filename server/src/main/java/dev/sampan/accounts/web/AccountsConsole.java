package dev.sampan.accounts.web;

import dev.sampan.accounts.KeyUsed;
import dev.sampan.shell.AccessRule;
import dev.sampan.shell.AccessRules;
import dev.sampan.shell.LiveEvents;
import dev.sampan.shell.LiveTopic;
import dev.sampan.shell.NavigationEntry;
import dev.sampan.shell.NavigationEntry.Group;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

/// What this room adds to the console.
@Configuration(proxyBeanMethods = false)
class AccountsConsole {
    private final LiveEvents live;

    AccountsConsole(LiveEvents live) {
        this.live = live;
    }

    static String topic(String keyId) {
        return "key/" + keyId;
    }

    @EventListener
    void tell(KeyUsed first) {
        live.publish(
                topic(first.keyId().toString()),
                "used",
                Map.of("key", first.keyId().toString()));
    }

    @Bean
    NavigationEntry customersEntry() {
        return new NavigationEntry(Group.SELL, "accounts.customers", "/customers", 10, "customers");
    }

    @Bean
    NavigationEntry keysEntry() {
        return new NavigationEntry(Group.USE, "accounts.keys", "/keys", 20, "keys");
    }

    @Bean
    NavigationEntry portalKeysEntry() {
        return new NavigationEntry(Group.PORTAL, "accounts.keys", "/portal/keys", 20, "keys");
    }

    @Bean
    AccessRules accountsRules() {
        return AccessRules.of(
                AccessRule.page("/sign-in").forAnyone(),
                AccessRule.page("/password").forAllSignedIn(),
                AccessRule.form("/password").forAllSignedIn(),
                AccessRule.page("/customers"),
                AccessRule.form("/customers"),
                AccessRule.page("/customers/{tenant}"),
                AccessRule.form("/customers/{tenant}/people"),
                AccessRule.portalPage("/portal/keys"),
                AccessRule.portalForm("/portal/keys"),
                AccessRule.portalForm("/portal/keys/{id}/revoke"),
                AccessRule.page("/keys"),
                AccessRule.form("/keys"),
                AccessRule.page("/keys/{tenant}/{id}"),
                AccessRule.form("/keys/{tenant}/{id}/revoke"));
    }

    /// That a key was used is no secret within the team, whose members alone sign in.
    @Bean
    LiveTopic keyTopic() {
        return new LiveTopic("key/", (_, _) -> true);
    }
}
