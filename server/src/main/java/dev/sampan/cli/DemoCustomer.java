package dev.sampan.cli;

import dev.sampan.accounts.ApiKey;
import dev.sampan.accounts.Organisation;
import dev.sampan.billing.Balance;
import dev.sampan.billing.Invoice;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.spec.ProductSpec;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// The second half of the demo: a customer with trial credit and a key calls the API as any client would, and is
/// invoiced.
final class DemoCustomer {
    private static final String NAME = "Weiqiao Tea & Kitchen 苇桥茶厨 (demo)";
    private static final String KEY = "demo";
    private static final int CALLS = 6;

    private final Platform platform;
    private final DemoScreen screen;
    private Organisation customer;
    private String secret = "";

    @SuppressWarnings("NullAway.Init") // open() comes first
    DemoCustomer(Platform platform, DemoScreen screen) {
        this.platform = platform;
        this.screen = screen;
    }

    String secret() {
        return secret;
    }

    /// A customer, one trial credit for ever, and a fresh key in place of the demo's last one.
    void open(ProductSpec product) {
        ActorId actor = platform.accounts().platformActor();
        screen.heading("demo.customer");
        customer = platform.accounts()
                .organisationNamed(NAME)
                .orElseGet(() -> platform.accounts().createCustomer(NAME, actor));
        screen.line(customer.name());
        if (platform.billing().grantTrialCredit(customer.id(), product.trialCredit(), actor)) {
            screen.say("demo.trial", product.trialCredit());
        } else {
            screen.say(
                    "demo.no_second_trial",
                    platform.billing().balance(customer.id()).available());
        }
        for (ApiKey old : platform.accounts().keys(customer.id())) {
            if (old.name().equals(KEY) && old.revokedAt() == null) {
                platform.accounts().revokeKey(customer.id(), old.id(), actor);
                screen.say("demo.revoked", old.prefix());
            }
        }
        ApiKey.Minted minted = platform.accounts().createKey(customer.id(), KEY, actor);
        secret = minted.secret();
        screen.say("demo.key", minted.key().prefix());
    }

    void call(String model, List<String> questions) throws IOException, InterruptedException {
        screen.heading("demo.calls");
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build()) {
            for (int i = 0; i < CALLS; i++) {
                one(client, model, questions.get(i % questions.size()));
            }
        }
        Balance balance = platform.billing().balance(customer.id());
        screen.say("demo.balance", balance.available(), balance.spent());
    }

    private void one(HttpClient client, String model, String question) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(platform.apiAddress() + "/v1/predict/" + model))
                .header("Authorization", "Bearer " + secret)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        Json.write(Map.of("inputs", List.of(Map.of("text", question))))))
                .build();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new ProblemException(Problem.of(
                    "demo.call_failed", "The API answered " + response.statusCode() + ": " + response.body()));
        }
        JsonNode answer = Json.MAPPER.readTree(response.body());
        JsonNode prediction = answer.path("predictions").path(0);
        screen.line(String.format(
                Locale.ROOT,
                "%s  →  %s %.3f   %s",
                question,
                prediction.path("label").asString(),
                prediction.path("score").asDouble(),
                response.headers().firstValue("x-sampan-charge").orElse("")));
    }

    void invoice() throws IOException {
        screen.heading("demo.invoice");
        Optional<Invoice> issued = platform.billing()
                .issueInvoice(customer.id(), platform.accounts().platformActor());
        Invoice invoice = issued.or(() ->
                        platform.billing().invoices(customer.id()).stream().findFirst())
                .orElseThrow(() -> new IllegalStateException("calls were charged, yet there is no invoice"));
        screen.say("demo.invoice.number", invoice.number(), invoice.customerName());
        invoice.lines()
                .forEach(line -> screen.say(
                        "demo.invoice.line",
                        line.product(),
                        line.units(),
                        line.unitPrice(),
                        line.amount().toPlainString() + " " + invoice.currency()));
        screen.say(
                "demo.invoice.total",
                invoice.total().toPlainString(),
                invoice.paidByCredit().toPlainString(),
                invoice.due().toPlainString(),
                invoice.currency());
        Path pdf = platform.home().resolve("invoices").resolve(invoice.number() + ".pdf");
        Files.createDirectories(pdf.getParent());
        Files.write(pdf, platform.billing().pdf(invoice, Texts.locale()));
        screen.line(pdf.toString());
    }
}
