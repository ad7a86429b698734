package dev.sampan.data.internal.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// DuckDB in memory of bounded size, without extensions from elsewhere. What does not fit goes to the working
/// folder.
final class Duck {
    private static final String MEMORY = "1GB";

    private Duck() {}

    private static Connection connect(Path work) throws SQLException, IOException {
        Properties settings = new Properties();
        settings.setProperty("jdbc_stream_results", "true");
        settings.setProperty("memory_limit", MEMORY);
        settings.setProperty(
                "temp_directory",
                Files.createDirectories(work.resolve("duckdb")).toString());
        settings.setProperty("autoinstall_known_extensions", "false");
        settings.setProperty("autoload_known_extensions", "false");
        settings.setProperty("preserve_insertion_order", "true");
        return DriverManager.getConnection("jdbc:duckdb:", settings);
    }

    /// Rows of one Parquet file.
    static QueryRows parquet(Stored stored, Path work, @Nullable List<String> wanted) throws IOException {
        try {
            Connection connection = connect(work);
            try {
                PreparedStatement statement = connection.prepareStatement("SELECT * FROM read_parquet(?)");
                statement.setString(1, pattern(stored.file()));
                return new QueryRows(
                        stored.name(), statement.executeQuery(), connection::close, wanted, new RowDigest());
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw SqlProblems.of(stored.name(), e);
        }
    }

    /// A file's name is no pattern here.
    private static String pattern(Path file) {
        StringBuilder escaped = new StringBuilder();
        for (char c : file.toAbsolutePath().toString().toCharArray()) {
            escaped.append("*?[".indexOf(c) >= 0 ? "[" + c + "]" : String.valueOf(c));
        }
        return escaped.toString();
    }

    /// Rows that a person's own query makes out of files, which it sees as table `data`. It may read these
    /// files and none besides, write nothing and load nothing.
    ///
    /// @param reader `read_csv`, `read_json` or `read_parquet` with its options, `FILES` in place of the files
    static QueryRows query(
            String sql, String reader, List<Path> files, Path work, @Nullable List<String> wanted, RowDigest digest)
            throws IOException {
        try {
            Connection connection = connect(work);
            try {
                String patterns =
                        files.stream().map(file -> literal(pattern(file))).collect(Collectors.joining(", ", "[", "]"));
                String allowed = files.stream()
                        .map(file -> literal(file.toAbsolutePath().toString()))
                        .collect(Collectors.joining(", ", "[", "]"));
                try (Statement statement = connection.createStatement()) {
                    // a view takes no bound parameters; the names of files are literals, quotes doubled
                    statement.execute("CREATE VIEW data AS SELECT * FROM " + reader.replace("FILES", patterns));
                    statement.execute("SET allowed_paths = " + allowed);
                    statement.execute("SET enable_external_access = false");
                    statement.execute("SET lock_configuration = true");
                }
                ResultSet answer = connection.createStatement().executeQuery(sql);
                return new QueryRows("query", answer, connection::close, wanted, digest);
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw SqlProblems.of("data.query", e);
        }
    }

    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
