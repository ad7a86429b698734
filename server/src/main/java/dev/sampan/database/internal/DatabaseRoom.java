package dev.sampan.database.internal;

import dev.sampan.database.DatabaseAddress;
import dev.sampan.database.EmbeddedPostgres;
import dev.sampan.database.HomeLock;
import dev.sampan.database.PooledDatabase;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Puts the room together: one platform for one home, PostgreSQL of our own unless `sampan.database.url` names another.
/// What is made first here is closed last.
@Configuration(proxyBeanMethods = false)
class DatabaseRoom {
    @Bean(destroyMethod = "close")
    HomeLock homeLock(@Value("${sampan.home}") Path home) {
        return HomeLock.take(home);
    }

    @Bean(destroyMethod = "close")
    @ConditionalOnProperty(name = "sampan.database.url", matchIfMissing = true, havingValue = "embedded")
    EmbeddedPostgres embeddedPostgres(HomeLock lock, @Value("${sampan.home}") Path home) {
        return EmbeddedPostgres.start(EmbeddedPostgres.Options.of(home));
    }

    @Bean(destroyMethod = "close")
    PooledDatabase database(
            HomeLock lock,
            ObjectProvider<EmbeddedPostgres> embedded,
            @Value("${sampan.database.url:#{null}}") @Nullable String url,
            @Value("${sampan.database.user:}") String user,
            @Value("${sampan.database.password:}") String password) {
        EmbeddedPostgres own = embedded.getIfAvailable();
        if (own != null) {
            return PooledDatabase.open(own.address());
        }
        return PooledDatabase.open(new DatabaseAddress(java.util.Objects.requireNonNull(url), user, password));
    }

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }
}
