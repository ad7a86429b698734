package dev.sampan.billing.internal;

import dev.sampan.database.Database;
import dev.sampan.database.DatabaseAway;
import dev.sampan.kernel.TenantId;
import java.io.IOException;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/// A database that is away when the test says so.
final class AbsentDatabase implements Database {
    private final Database real;
    volatile boolean away;

    AbsentDatabase(Database real) {
        this.real = real;
    }

    @Override
    public <T> T asTenant(TenantId tenant, Function<JdbcClient, T> work) {
        return present().asTenant(tenant, work);
    }

    @Override
    public <T> T asPlatform(Function<JdbcClient, T> work) {
        return present().asPlatform(work);
    }

    @Override
    public <T> T snapshot(Function<JdbcClient, T> look) {
        return present().snapshot(look);
    }

    private Database present() {
        if (away) {
            throw new DatabaseAway(new IOException("connection refused"));
        }
        return real;
    }
}
