package dev.sampan.database;

import static dev.sampan.testing.DatabaseFixture.aTenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampan.kernel.TenantId;
import dev.sampan.testing.DatabaseFixture;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

class PooledDatabaseTests {
    @RegisterExtension
    static final DatabaseFixture DB = new DatabaseFixture();

    @BeforeAll
    static void aProtectedTable() {
        DB.owner().sql("""
                        create schema harbour;
                        grant usage on schema harbour to sampan_app;
                        create table harbour.boat (tenant_id text not null, name text not null);
                        grant select, insert on harbour.boat to sampan_app;
                        do $$ begin perform database.protect('harbour.boat'); end $$;
                        """).update();
    }

    private static int insert(JdbcClient sql, TenantId tenant, String name) {
        return sql.sql("insert into harbour.boat values (?, ?)")
                .params(tenant.toString(), name)
                .update();
    }

    private static List<String> names(JdbcClient sql) {
        return sql.sql("select name from harbour.boat order by name")
                .query(String.class)
                .list();
    }

    @Test
    void aQueryWithoutWhereFindsNothingOfOtherTenants() {
        TenantId mine = aTenant();
        TenantId theirs = aTenant();
        DB.database().asTenant(mine, sql -> insert(sql, mine, "mine"));
        DB.database().asTenant(theirs, sql -> insert(sql, theirs, "theirs"));

        assertThat(DB.database().asTenant(mine, PooledDatabaseTests::names)).containsExactly("mine");
        assertThat(DB.database().asPlatform(PooledDatabaseTests::names)).contains("mine", "theirs");
        assertThat(names(JdbcClient.create(DB.database().dataSource()))).isEmpty();
    }

    @Test
    void aRowForAnotherTenantIsRefused() {
        assertThatThrownBy(() -> DB.database().asTenant(aTenant(), sql -> insert(sql, aTenant(), "smuggled")))
                .isInstanceOf(DataAccessException.class)
                .rootCause()
                .hasMessageContaining("row-level security");
    }

    @Test
    void nothingStaysOfWorkThatFails() {
        TenantId tenant = aTenant();
        assertThatThrownBy(() -> DB.database().asTenant(tenant, sql -> {
                    insert(sql, tenant, "sunk");
                    throw new IllegalArgumentException("a hole");
                }))
                .hasMessage("a hole");
        assertThat(DB.database().asTenant(tenant, PooledDatabaseTests::names)).isEmpty();
    }

    @Test
    void aCallWithinACallJoinsItsTransaction() {
        TenantId tenant = aTenant();
        assertThatThrownBy(() -> DB.database().asTenant(tenant, sql -> {
                    DB.database().asTenant(tenant, inner -> insert(inner, tenant, "inner"));
                    throw new IllegalArgumentException("after");
                }))
                .hasMessage("after");
        assertThat(DB.database().asTenant(tenant, PooledDatabaseTests::names)).isEmpty();
    }

    @Test
    void thePlatformNarrowsToOneTenantAndSeesAllAgainAfterwards() {
        TenantId one = aTenant();
        TenantId other = aTenant();
        DB.database().asPlatform(sql -> {
            insert(sql, one, "one");
            insert(sql, other, "other");
            assertThat(DB.database().asTenant(one, PooledDatabaseTests::names)).containsExactly("one");
            assertThat(names(sql)).contains("one", "other");
            return null;
        });
    }

    @Test
    void aTransactionOfOneTenantCannotBecomeAnothers() {
        assertThatThrownBy(() -> DB.database()
                        .asTenant(aTenant(), _ -> DB.database().asTenant(aTenant(), PooledDatabaseTests::names)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aConnectionThatBreaksInTheMiddleOfWorkIsTheDatabaseBeingAway() {
        assertThatThrownBy(() -> DB.database().asPlatform(sql -> {
                    sql.sql("select pg_terminate_backend(pg_backend_pid())")
                            .query(Boolean.class)
                            .single();
                    return names(sql);
                }))
                .isInstanceOf(DatabaseAway.class);
        assertThat(DB.database().asPlatform(PooledDatabaseTests::names))
                .as("the next work")
                .isNotNull();
    }
}
