package dev.sampan.testing;

import dev.sampan.database.DatabaseAddress;
import dev.sampan.database.EmbeddedPostgres;
import dev.sampan.database.PooledDatabase;
import dev.sampan.database.internal.Trees;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/// A migrated database for each test class, on one real PostgreSQL for the whole JVM:
///
/// ```java
/// @RegisterExtension
/// static final DatabaseFixture DB = new DatabaseFixture();
/// … DB.database().asTenant(aTenant(), sql -> …)
/// ```
/// The first class waits about 1.5 s for PostgreSQL and the migrations; each one about 0.1 s for its copy.
public final class DatabaseFixture implements BeforeAllCallback, AfterAllCallback {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private @Nullable PooledDatabase database;
    private @Nullable DatabaseAddress owner;

    /// The JVM's PostgreSQL and a migrated database to copy.
    private static final class Server {
        private static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            try {
                Path shared = Path.of(System.getProperty("java.io.tmpdir"), "sampan-test-postgres");
                Path home = Files.createTempDirectory("sampan-test-");
                Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
                EmbeddedPostgres postgres =
                        EmbeddedPostgres.start(new EmbeddedPostgres.Options(home, "nobody", shared));
                Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(postgres, home)));
                create(postgres.address(), "template", "template0");
                PooledDatabase.open(on(postgres.address(), "template")).close();
                return postgres;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void stop(EmbeddedPostgres postgres, Path home) {
            postgres.close();
            try {
                Trees.delete(home);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void create(DatabaseAddress server, String name, String template) {
        JdbcClient.create(new DriverManagerDataSource(server.url(), server.user(), server.password()))
                .sql("create database " + name + " template " + template)
                .update();
    }

    private static DatabaseAddress on(DatabaseAddress server, String name) {
        return new DatabaseAddress(server.url().replaceFirst("[^/]*$", name), server.user(), server.password());
    }

    public static TenantId aTenant() {
        return new TenantId(Ulid.next());
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        DatabaseAddress server = Server.POSTGRES.address();
        String name = "test_" + COUNT.incrementAndGet();
        create(server, name, "template");
        DatabaseAddress copy = on(server, name);
        owner = copy;
        database = PooledDatabase.open(copy);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        database().close();
    }

    /// As the application sees it.
    public PooledDatabase database() {
        return Objects.requireNonNull(database, "only within a test");
    }

    /// As the owner, who sees everything: for what no room may do.
    public JdbcClient owner() {
        DatabaseAddress owner = address();
        return JdbcClient.create(new DriverManagerDataSource(owner.url(), owner.user(), owner.password()));
    }

    public DatabaseAddress address() {
        return Objects.requireNonNull(owner, "only within a test");
    }
}
