package dev.sampan.harness;

import dev.sampan.accounts.OperatorToken;
import dev.sampan.kernel.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What must be true after a fault, asked from outside.
final class BooksAfter {
    private static final String STREAMED = """
            select request_id from metering.usage where model = 'chat' and input = 7 and output = 8 and nanos = 39000
                  and currency = 'CNY'
            """;
    private static final String PREDICTED = """
            select request_id from metering.usage where model = 'helpdesk' and units = 1 and nanos = 2000000
                  and currency = 'CNY'
            """;

    private final KilledPlatform platform;
    private final @Nullable String url;

    BooksAfter(KilledPlatform platform) {
        this(platform, null);
    }

    /// @param url of a database that is not the platform's own, with user and password
    BooksAfter(KilledPlatform platform, @Nullable String url) {
        this.platform = platform;
        this.url = url;
    }

    private Connection books() throws IOException, SQLException {
        if (url == null) {
            return platform.database();
        }
        Connection connection = DriverManager.getConnection(url);
        try (var statement = connection.createStatement()) {
            statement.execute("set sampan.scope = 'platform'");
        }
        return connection;
    }

    /// What the platform's own inspection finds broken, in words; empty when all holds. Waits for a database that
    /// is being started again.
    List<String> broken() throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        HttpResponse<String> answer = inspect();
        while (answer.statusCode() == 503 && System.nanoTime() < end) {
            Thread.sleep(200);
            answer = inspect();
        }
        if (answer.statusCode() != 200) {
            return List.of("the inspection answered " + answer.statusCode());
        }
        List<String> broken = new ArrayList<>();
        for (JsonNode result : Json.MAPPER.readTree(answer.body()).path("results")) {
            if (result.path("broken").asLong() > 0) {
                broken.add(result.path("id").asString() + ": " + result.path("breaks"));
            }
        }
        return broken;
    }

    private HttpResponse<String> inspect() throws Exception {
        Path home = platform.home();
        String console = Files.readString(home.resolve("console-address")).strip();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create(console + "/api/integrity"))
                            .header("Authorization", OperatorToken.of(home).header())
                            .POST(HttpRequest.BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    /// Answers that customers read to their end and that are not in the books with the right amount. The journal
    /// is drained within seconds.
    Set<String> lost(Callers.Asking asking, Set<String> answered) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
        Set<String> lost = new HashSet<>(answered);
        try (Connection books = books()) {
            while (!lost.isEmpty() && System.nanoTime() < end) {
                lost.removeAll(booked(books, asking));
                Thread.sleep(100);
            }
        }
        return lost;
    }

    private static Set<String> booked(Connection books, Callers.Asking asking) throws Exception {
        Set<String> found = new HashSet<>();
        try (var statement = books.prepareStatement(asking == Callers.Asking.STREAM ? STREAMED : PREDICTED);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }

    long rows(Callers.Asking asking) throws Exception {
        try (Connection books = books();
                var statement = books.prepareStatement("select count(*) from metering.usage where model = ?")) {
            statement.setString(1, asking == Callers.Asking.STREAM ? "chat" : "helpdesk");
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }
}
