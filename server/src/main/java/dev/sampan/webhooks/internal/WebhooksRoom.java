package dev.sampan.webhooks.internal;

import dev.sampan.accounts.Accounts;
import dev.sampan.database.Database;
import dev.sampan.trust.Vault;
import java.net.InetAddress;
import java.time.InstantSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Puts the room together. Property `sampan.webhooks.allow-private` (false): whether endpoints may lie in a
/// network of one's own.
@Configuration(proxyBeanMethods = false)
class WebhooksRoom {
    @Bean
    Guard webhookGuard(@Value("${sampan.webhooks.allow-private:false}") boolean allowPrivate) {
        return new Guard(InetAddress::getAllByName, allowPrivate);
    }

    @Bean
    Outbox webhookOutbox(Database database, Accounts accounts, InstantSource clock) {
        return new Outbox(database, () -> accounts.team().id(), clock);
    }

    @Bean(destroyMethod = "close")
    Post webhookPost() {
        return new Post();
    }

    @Bean
    Sender webhookSender(Database database, Guard guard, Vault vault, Post post, InstantSource clock) {
        return new Sender(new Sendings(database), guard, vault, post, clock);
    }

    @Bean
    WebhookOffice webhooks(Database database, Accounts accounts, Guard guard, Vault vault, InstantSource clock) {
        return new WebhookOffice(database, () -> accounts.team().id(), guard, vault, clock);
    }
}
