package dev.sampan.database.internal;

import dev.sampan.database.BackupFolder;
import dev.sampan.database.DatabaseAddress;
import dev.sampan.database.EmbeddedPostgres;
import dev.sampan.database.HomeLock;
import dev.sampan.database.PooledDatabase;
import dev.sampan.database.internal.backup.WalArchive;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Puts the room together: one platform for one home, PostgreSQL of our own unless `sampan.database.url` names
/// another. What is made first here is closed last.
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

    /// Only where asked for: `sampan.backup.folder`.
    @Bean(destroyMethod = "close")
    @ConditionalOnProperty(name = "sampan.backup.folder")
    WalArchive walArchive(
            PooledDatabase database,
            ObjectProvider<EmbeddedPostgres> embedded,
            MeterRegistry metrics,
            @Value("${sampan.backup.folder}") Path folder) {
        EmbeddedPostgres own = embedded.getIfAvailable();
        if (own == null) {
            throw new ProblemException(
                    Problem.of("archive.external", "Only a PostgreSQL of Sampan's own is archived by --backup-dir")
                            .remedy("Leave it out beside --db-url, and back that database up with its own tools"));
        }
        WalArchive archive = new WalArchive(new BackupFolder(folder).wal(), own.address());
        Gauge.builder("sampan_wal_archived_bytes", archive, WalArchive::flushed)
                .description("Position in the write-ahead log up to which the archive is on its disk")
                .register(metrics);
        Gauge.builder("sampan_wal_archiving", archive, running -> running.trouble() == null ? 1 : 0)
                .description("1 while the write-ahead log is archived")
                .register(metrics);
        return archive;
    }

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }
}
