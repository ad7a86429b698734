package dev.sampan.database.internal;

import dev.sampan.database.DatabaseAddress;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/// Brings the schema of every room up to date, room by room, each with its own history, as the owner.
public final class Migrations {
    /// A room comes after the rooms it may depend on.
    public static final List<String> ROOMS = List.of(
            "database",
            "accounts",
            "integrity",
            "jobs",
            "catalog",
            "studio",
            "serving",
            "suppliers",
            "limits",
            "metering",
            "answers",
            "billing",
            "payments",
            "webhooks");

    /// Of each schema; the application does not see it.
    public static final String HISTORY = "flyway_history";

    /// What the owner writes in migrations is written for all tenants.
    private static final String AS_PLATFORM = "set sampan.scope = 'platform'";

    private Migrations() {}

    /// A room without files is left out. Two nodes that start at once wait for each other.
    ///
    /// @throws ProblemException `database.not_migrated` with the room and the reason
    public static void run(DatabaseAddress owner) {
        DriverManagerDataSource source = new DriverManagerDataSource(owner.url(), owner.user(), owner.password());
        for (String room : ROOMS) {
            if (Migrations.class.getResource("/db/migration/" + room) != null) {
                migrate(source, room);
            }
        }
    }

    private static void migrate(DriverManagerDataSource source, String room) {
        JdbcClient sql = JdbcClient.create(source);
        sql.sql("create schema if not exists " + room).update();
        sql.sql("grant usage on schema " + room + " to sampan_app").update();
        sql.sql("alter default privileges in schema " + room
                        + " grant select, insert, update, delete on tables to sampan_app")
                .update();
        sql.sql("alter default privileges in schema " + room + " grant usage, select on sequences to sampan_app")
                .update();
        try {
            Flyway.configure()
                    .dataSource(source)
                    .schemas(room)
                    .table(HISTORY)
                    .initSql(AS_PLATFORM)
                    .locations("classpath:db/migration/" + room)
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new ProblemException(
                    Problem.of(
                            "database.not_migrated",
                            "The tables of " + room + " could not be brought up to date: " + firstLine(e)),
                    e);
        }
        sql.sql("revoke all on " + room + "." + HISTORY + " from sampan_app").update();
    }

    private static String firstLine(FlywayException e) {
        return String.valueOf(e.getMessage())
                .lines()
                .filter(line -> !line.isBlank())
                .findFirst()
                .orElse("");
    }
}
