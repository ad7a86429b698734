package dev.sampan.data.internal.source;

import dev.sampan.data.Row;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows of a query's answer, fetched as they are asked for.
final class QueryRows implements SourceRows {
    /// What is closed with the rows.
    interface Session {
        void close() throws SQLException;
    }

    private final String name;
    private final ResultSet answer;
    private final Session session;
    private final List<String> columns;
    private final int[] chosen;
    private final List<SqlValue> kinds = new ArrayList<>();
    private final RowDigest digest;
    private long line;

    /// @param digest told every row
    QueryRows(String name, ResultSet answer, Session session, @Nullable List<String> wanted, RowDigest digest)
            throws SQLException {
        this.name = name;
        this.answer = answer;
        this.session = session;
        this.digest = digest;
        ResultSetMetaData meta = answer.getMetaData();
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= meta.getColumnCount(); i++) {
            names.add(meta.getColumnLabel(i));
            kinds.add(SqlValue.of(meta.getColumnType(i)));
        }
        columns = wanted == null ? List.copyOf(names) : List.copyOf(wanted);
        chosen = Rows.indices(name, names, columns);
    }

    @Override
    public List<String> columns() {
        return columns;
    }

    @Override
    public long line() {
        return line;
    }

    @Override
    public @Nullable Row next() {
        try {
            if (!answer.next()) {
                return null;
            }
            line++;
            List<String> values = new ArrayList<>(chosen.length);
            for (int column : chosen) {
                values.add(kinds.get(column).read(answer, column + 1));
            }
            digest.add(values);
            return new Row(name + " row " + line, values);
        } catch (SQLException e) {
            throw SqlProblems.of(name + " row " + (line + 1), e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            session.close();
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }
}
