package dev.sampan.trust.internal;

import dev.sampan.trust.Vault;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Puts the room together.
@Configuration(proxyBeanMethods = false)
class TrustRoom {
    @Bean
    Vault vault(@Value("${sampan.home}") Path home) {
        return new HomeVault(home.resolve("master-key.json"));
    }
}
