package dev.sampan.database.internal;

import dev.sampan.database.DatabaseAddress;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Two roles: the owner makes the schemas; the application owns nothing and sees what row-level security lets it see.
public final class Roles {
    /// Also named in the migrations.
    public static final String APPLICATION = "sampan_app";

    /// DO takes no parameters, so the password comes by a setting of the transaction and is quoted by format().
    private static final String ENSURE = """
            do $$
            begin
                if not exists (select from pg_roles where rolname = 'sampan_app') then
                    create role sampan_app nologin nosuperuser nocreatedb nocreaterole noreplication nobypassrls;
                end if;
                execute format('alter role sampan_app login password %L', current_setting('sampan.handed'));
            end $$
            """;

    private Roles() {}

    /// Makes sure of the application's role and its password.
    ///
    /// @return the same database as the application
    public static DatabaseAddress application(DatabaseAddress owner) {
        DatabaseAddress application = new DatabaseAddress(owner.url(), APPLICATION, derived(owner.password()));
        try (Connection connection = DriverManager.getConnection(owner.url(), owner.user(), owner.password())) {
            // A login that fails stands in the server's log as an intrusion would: asked for only where it should work.
            if (!exists(connection) || !admits(application)) {
                ensure(connection, application.password());
            }
        } catch (SQLException e) {
            throw new ProblemException(refusal(owner, e), e);
        }
        return application;
    }

    private static boolean exists(Connection connection) throws SQLException {
        try (PreparedStatement ask = connection.prepareStatement("select from pg_roles where rolname = ?")) {
            ask.setString(1, APPLICATION);
            return ask.executeQuery().next();
        }
    }

    private static boolean admits(DatabaseAddress address) {
        try (Connection _ = DriverManager.getConnection(address.url(), address.user(), address.password())) {
            return true;
        } catch (SQLException _) {
            return false; // the owner's password, from which this one is made, has changed
        }
    }

    private static void ensure(Connection connection, String password) throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement hand = connection.prepareStatement("select set_config('sampan.handed', ?, true)");
                PreparedStatement ensure = connection.prepareStatement(ENSURE)) {
            hand.setString(1, password);
            hand.execute();
            ensure.execute();
        }
        connection.commit();
    }

    private static Problem refusal(DatabaseAddress owner, SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        if (state.equals("42501")) {
            return Problem.of(
                            "database.no_role",
                            "The database user '" + owner.user() + "' may not make the role " + APPLICATION)
                    .remedy("Let it: ALTER ROLE " + owner.user() + " CREATEROLE");
        }
        String why = state.startsWith("28") ? "it refuses the user or the password" : e.getMessage();
        return Problem.of("database.unreachable", "The database " + owner.url() + " cannot be used: " + why)
                .remedy("Check --db-url, the user and the password");
    }

    /// Every node that knows the owner's password knows this one; nothing more has to be kept.
    private static String derived(String ownerPassword) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(("sampan:" + ownerPassword).getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(APPLICATION.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
