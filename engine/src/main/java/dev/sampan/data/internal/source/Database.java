package dev.sampan.data.internal.source;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// A database at a `jdbc:` URL, through whatever driver the class path holds. The user's name and password
/// stand in the URL or, better, in `SAMPAN_JDBC_USER` and `SAMPAN_JDBC_PASSWORD`. Rows come as they are asked
/// for, and the session may not write.
final class Database {
    private static final int ROWS_AT_ONCE = 1000;
    private static final int LOGIN_SECONDS = 20;
    /// What a driver answers when the URL is none of its own.
    private static final String NO_DRIVER = "08001";

    private static final String DUCKDB = "jdbc:duckdb:";

    private Database() {}

    static QueryRows query(String url, String sql, @Nullable List<String> wanted, RowDigest digest) {
        String shown = shown(url);
        try {
            Connection connection = connect(url, shown);
            try {
                if (!url.startsWith(DUCKDB)) {
                    connection.setReadOnly(true);
                }
                connection.setAutoCommit(false); // PostgreSQL sends all rows at once otherwise
                Statement statement = connection.createStatement();
                statement.setFetchSize(ROWS_AT_ONCE);
                ResultSet answer = statement.executeQuery(sql);
                return new QueryRows("query", answer, () -> close(connection), wanted, digest);
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw SqlProblems.of(shown, e);
        }
    }

    private static Connection connect(String url, String shown) throws SQLException {
        Properties settings = new Properties();
        if (url.startsWith("jdbc:postgresql:")) {
            settings.setProperty("connectTimeout", String.valueOf(LOGIN_SECONDS));
        }
        if (url.startsWith(DUCKDB)) { // its file and no other, and nothing written
            settings.setProperty("duckdb.read_only", "true");
            settings.setProperty("enable_external_access", "false");
            settings.setProperty("jdbc_stream_results", "true");
        }
        put(settings, "user", "SAMPAN_JDBC_USER");
        put(settings, "password", "SAMPAN_JDBC_PASSWORD");
        try {
            DriverManager.getDriver(url);
        } catch (SQLException e) {
            if (NO_DRIVER.equals(e.getSQLState())) {
                throw new ProblemException(
                        Problem.of("data.no_driver", "There is no driver for this database on the class path")
                                .at(shown)
                                .remedy("PostgreSQL's is part of the platform; put another driver's jar beside it"),
                        e);
            }
            throw e;
        }
        return DriverManager.getConnection(url, settings);
    }

    private static void put(Properties settings, String name, String variable) {
        String value = Environment.get(variable);
        if (value != null) {
            settings.setProperty(name, value);
        }
    }

    private static void close(Connection connection) throws SQLException {
        try (connection) {
            connection.rollback();
        }
    }

    /// Without parameters and credentials.
    static String shown(String url) {
        String bare = url.split("[?;]", 2)[0];
        int at = bare.lastIndexOf('@');
        int slashes = bare.indexOf("//");
        return at > slashes && slashes >= 0 ? bare.substring(0, slashes + 2) + bare.substring(at + 1) : bare;
    }
}
