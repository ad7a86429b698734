package dev.sampan.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.sampan.database.internal.Migrations;
import dev.sampan.database.internal.Roles;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.TenantId;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionTemplate;

/// The database behind a small pool of connections as the application's role.
public final class PooledDatabase implements Database, AutoCloseable {
    private static final int CONNECTIONS_MAX = 12;
    /// How long a call waits for a connection before it hears [DatabaseAway].
    private static final int CONNECT_MILLIS = 3_000;
    /// Longer work says so itself: `set local statement_timeout`.
    private static final String TIMEOUTS =
            "-c statement_timeout=30s -c lock_timeout=10s -c idle_in_transaction_session_timeout=60s";

    /// Whose rows the current transaction sees; unbound outside of one.
    private static final ScopedValue<Scope> SCOPE = ScopedValue.newInstance();

    private final HikariDataSource pool;
    private final JdbcClient sql;
    private final JdbcTransactionManager transactions;
    private final TransactionTemplate template;

    /// @param tenant null for the platform
    private record Scope(@Nullable TenantId tenant) {}

    private PooledDatabase(HikariDataSource pool) {
        this.pool = pool;
        this.sql = JdbcClient.create(pool);
        this.transactions = new JdbcTransactionManager(pool);
        this.template = new TransactionTemplate(transactions);
    }

    /// Roles and tables are up to date, and commits proven to be durable, when this returns.
    ///
    /// @throws ProblemException `database.unreachable`, `database.no_role`, `database.not_migrated`,
    ///     `database.not_durable`
    public static PooledDatabase open(DatabaseAddress owner) {
        DatabaseAddress application = Roles.application(owner);
        Migrations.run(owner);
        PooledDatabase database = new PooledDatabase(pool(application));
        try {
            database.assertDurable();
            return database;
        } catch (ProblemException e) {
            database.close();
            throw e;
        }
    }

    private static HikariDataSource pool(DatabaseAddress address) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("sampan");
        config.setJdbcUrl(address.url());
        config.setUsername(address.user());
        config.setPassword(address.password());
        config.setMaximumPoolSize(CONNECTIONS_MAX);
        config.setMinimumIdle(2);
        config.setConnectionTimeout(CONNECT_MILLIS);
        config.setValidationTimeout(1_000);
        config.addDataSourceProperty("ApplicationName", "sampan");
        config.addDataSourceProperty("options", TIMEOUTS);
        config.addDataSourceProperty("connectTimeout", "2");
        // Longer than any statement may take, so that only a dead network meets it.
        config.addDataSourceProperty("socketTimeout", "120");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        return new HikariDataSource(config);
    }

    private void assertDurable() {
        for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
            String value = sql.sql("select current_setting(?)")
                    .param(setting)
                    .query(String.class)
                    .single();
            if (!value.equals("on") && !value.startsWith("remote_")) {
                throw new ProblemException(Problem.of(
                                "database.not_durable",
                                "This PostgreSQL may forget what it acknowledged: " + setting + " is " + value)
                        .remedy("Set it to on; Sampan keeps money here"));
            }
        }
    }

    @Override
    public <T> T asTenant(TenantId tenant, Function<JdbcClient, T> work) {
        return within(new Scope(tenant), work);
    }

    @Override
    public <T> T asPlatform(Function<JdbcClient, T> work) {
        return within(new Scope(null), work);
    }

    @Override
    public <T> T snapshot(Function<JdbcClient, T> look) {
        if (SCOPE.isBound()) {
            throw new IllegalStateException("a snapshot is a transaction of its own");
        }
        TransactionTemplate reading = new TransactionTemplate(transactions);
        reading.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        reading.setReadOnly(true);
        return begin(reading, new Scope(null), tx -> {
            tx.sql("set local statement_timeout = '10min'").update();
            return look.apply(tx);
        });
    }

    private <T> T within(Scope scope, Function<JdbcClient, T> work) {
        if (!SCOPE.isBound()) {
            return begin(template, scope, work);
        }
        Scope outer = SCOPE.get();
        if (outer.equals(scope)) {
            return work.apply(sql);
        }
        if (outer.tenant() != null && scope.tenant() != null) {
            throw new IllegalStateException(
                    "a transaction of tenant " + outer.tenant() + " cannot become one of tenant " + scope.tenant());
        }
        return joined(outer, scope, work);
    }

    private <T> T begin(TransactionTemplate transaction, Scope scope, Function<JdbcClient, T> work) {
        try {
            return ScopedValue.where(SCOPE, scope)
                    .call(() -> transaction.execute(_ -> {
                        enter(scope);
                        return work.apply(sql);
                    }));
        } catch (DataAccessException | TransactionException e) {
            throw isAway(e) ? new DatabaseAway(e) : e;
        }
    }

    /// The same transaction with other eyes for the length of the inner work. When that fails, nothing of the
    /// whole transaction stays, whatever the outer work makes of the exception.
    private <T> T joined(Scope outer, Scope inner, Function<JdbcClient, T> work) {
        return template.execute(status -> {
            enter(inner);
            T result = ScopedValue.where(SCOPE, inner).call(() -> work.apply(sql));
            enter(outer);
            return result;
        });
    }

    private void enter(Scope scope) {
        TenantId tenant = scope.tenant();
        sql.sql("select set_config('sampan.tenant', ?, true), set_config('sampan.scope', ?, true)")
                .params(tenant == null ? "" : tenant.toString(), tenant == null ? "platform" : "")
                .query((_, _) -> true)
                .single();
    }

    /// Classes 08 (connection), 53 (no room: disk, connections) and 57P (shut down, starting) of PostgreSQL's
    /// codes.
    private static boolean isAway(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientConnectionException) {
                return true;
            }
            // On a broken connection the rollback fails too, and hides why the work or the commit did. A rollback on a
            // whole one never fails.
            if (cause instanceof TransactionSystemException system) {
                return system.getApplicationException() == null || isAway(system.getApplicationException());
            }
            if (cause instanceof SQLException sqlException && sqlException.getSQLState() != null) {
                String state = sqlException.getSQLState();
                return state.startsWith("08") || state.startsWith("53") || state.startsWith("57P");
            }
        }
        return false;
    }

    /// For COPY and for Spring's own transactions; sees no protected row without a scope.
    public DataSource dataSource() {
        return pool;
    }

    public PlatformTransactionManager transactions() {
        return transactions;
    }

    @Override
    public void close() {
        pool.close();
    }
}
