package dev.sampan.cli;

import dev.sampan.accounts.OperatorToken;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Ulid;
import dev.sampan.spec.LimitsSpec;
import dev.sampan.spec.PaymentsSpec;
import dev.sampan.spec.PlansSpec;
import dev.sampan.spec.Specs;
import dev.sampan.spec.SuppliersSpec;
import dev.sampan.studio.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A platform that runs in another process on the same home; it says in a file there where it listens.
final class RunningPlatform implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration INSPECTION_PATIENCE = Duration.ofMinutes(30);

    private final String console;
    private final OperatorToken token;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private RunningPlatform(String console, OperatorToken token) {
        this.console = console;
        this.token = token;
    }

    static void announce(Path home, String console) {
        try {
            Files.writeString(address(home), console + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("the address cannot be written", e);
        }
    }

    static void withdraw(Path home) {
        try {
            Files.deleteIfExists(address(home));
        } catch (IOException e) {
            throw new UncheckedIOException("the address cannot be withdrawn", e);
        }
    }

    private static Path address(Path home) {
        return home.resolve("console-address");
    }

    /// Empty when none runs, also when a killed one left its address behind.
    static Optional<RunningPlatform> find(Path home) {
        if (Files.notExists(address(home))) {
            return Optional.empty();
        }
        try {
            RunningPlatform found =
                    new RunningPlatform(Files.readString(address(home)).strip(), OperatorToken.of(home));
            HttpRequest request = HttpRequest.newBuilder(URI.create(found.console + "/sign-in"))
                    .timeout(PATIENCE)
                    .build();
            found.client.send(request, HttpResponse.BodyHandlers.discarding());
            return Optional.of(found);
        } catch (IOException nobodyListens) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /// @throws ProblemException `platform.not_running`
    static RunningPlatform required(Path home) {
        return find(home)
                .orElseThrow(
                        () -> new ProblemException(Problem.of("platform.not_running", "No platform runs on " + home)
                                .remedy("Start it with ./sampan up, or name its home by SAMPAN_HOME")));
    }

    void applySuppliers(SuppliersSpec spec, Map<String, String> keys) {
        String body = Json.write(Map.of("document", Specs.toTree(spec), "keys", keys));
        send(request("/api/suppliers").POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    void applyPlans(PlansSpec spec) {
        String body = Json.write(Map.of("document", Specs.toTree(spec)));
        send(request("/api/plans").POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    JsonNode plans() {
        return send(request("/api/plans").GET());
    }

    JsonNode makeCodes(String coupon, int count) {
        String body = Json.write(Map.of("coupon", coupon, "count", count));
        return send(request("/api/plans/codes").POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    JsonNode suppliers() {
        return send(request("/api/suppliers").GET());
    }

    void applyLimits(LimitsSpec spec) {
        String body = Json.write(Map.of("document", Specs.toTree(spec)));
        send(request("/api/limits").POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    JsonNode limits() {
        return send(request("/api/limits").GET());
    }

    /// @param body the key's id and what is limited
    void limitKey(Map<String, @Nullable Object> body) {
        send(request("/api/limits/keys").POST(HttpRequest.BodyPublishers.ofString(Json.write(body))));
    }

    /// Minutes on large books.
    JsonNode inspect() {
        return send(request("/api/integrity").timeout(INSPECTION_PATIENCE).POST(HttpRequest.BodyPublishers.noBody()));
    }

    /// Puts `payments.yaml` in force.
    ///
    /// @param secrets environment variable → secret
    void applyPayments(PaymentsSpec spec, Map<String, String> secrets) {
        String body = Json.write(Map.of("document", Specs.toTree(spec), "secrets", secrets));
        send(request("/api/payments").POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /// Compares a day of every provider's now; they may take their time.
    JsonNode reconcile(LocalDate day) {
        return send(request("/api/payments/reconciliations?day=" + day)
                .timeout(Duration.ofMinutes(5))
                .POST(HttpRequest.BodyPublishers.noBody()));
    }

    JsonNode payments() {
        return send(request("/api/payments").GET());
    }

    String consoleAddress() {
        return console;
    }

    Ulid launch(Path spec, List<String> overrides) {
        String body = Json.write(Map.of("spec", spec.toAbsolutePath().toString(), "overrides", overrides));
        JsonNode answer = send(request("/api/runs").POST(HttpRequest.BodyPublishers.ofString(body)));
        return Ulid.parse(answer.path("run").asString());
    }

    Run run(Ulid id) {
        return Json.MAPPER.convertValue(send(request("/api/runs/" + id).GET()), Run.class);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(console + path))
                .timeout(PATIENCE)
                .header("Authorization", token.header())
                .header("Content-Type", "application/json");
    }

    private JsonNode send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() == 200) {
                return Json.MAPPER.readTree(response.body());
            }
            throw new ProblemException(Problem.of(
                    "platform.refused", "The platform answered " + response.statusCode() + ": " + response.body()));
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.of("platform.away", "The platform at " + console + " does not answer: " + e.getMessage())
                            .remedy("See whether it still runs; a run that was launched goes on by itself"),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new java.util.concurrent.CancellationException("interrupted");
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
