package dev.sampan.data.internal.source;

import dev.sampan.data.Provenance.SourceFile;
import dev.sampan.data.internal.source.Stored.Given;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// The answer of a query: over files, or of a database.
///
/// @param name of the files or the database, without credentials
/// @param url of the database; null for files
/// @param session runs it
/// @param digest of the rows it answered
record QuerySource(String name, @Nullable String url, String query, Session session, RowDigest digest)
        implements RowSource {
    /// Runs the query.
    @FunctionalInterface
    interface Session {
        SourceRows open(@Nullable List<String> wanted, RowDigest digest) throws IOException;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String identity() {
        return name + " " + query;
    }

    @Override
    public long bytes() {
        return 0;
    }

    @Override
    public String place(long line) {
        return "query row " + line;
    }

    @Override
    public SourceRows open(@Nullable List<String> wanted, LongConsumer read) {
        try {
            return session.open(wanted, digest);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public SourceFile provenance(long rows) {
        Given given = digest.finish();
        return new SourceFile(name, given.bytes(), given.sha256(), "sql", rows, url, null, query);
    }
}
