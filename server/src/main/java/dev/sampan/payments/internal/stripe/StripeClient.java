package dev.sampan.payments.internal.stripe;

import dev.sampan.kernel.Json;
import dev.sampan.payments.internal.provider.ProviderTrouble;
import dev.sampan.payments.internal.provider.Wire;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Stripe's API: forms in, JSON out. The version is pinned, so that what comes back is what was read here.
final class StripeClient {
    private static final String VERSION = "2024-06-20";

    private final Wire wire;
    private final URI address;
    private final String key;

    StripeClient(Wire wire, URI address, String key) {
        this.wire = wire;
        this.address = address;
        this.key = key;
    }

    /// @param once the same for every try of the same thing
    JsonNode post(String path, Map<String, String> form, String once) {
        return send(request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Idempotency-Key", once)
                .POST(BodyPublishers.ofString(encoded(form))));
    }

    JsonNode get(String path, Map<String, String> query) {
        return send(
                request(query.isEmpty() ? path : path + "?" + encoded(query)).GET());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address + path))
                .header("Authorization", "Bearer " + key)
                .header("Stripe-Version", VERSION);
    }

    private JsonNode send(HttpRequest.Builder request) {
        Wire.Answer answer = wire.send(request);
        if (answer.unsure()) {
            throw new ProviderTrouble.Away("Stripe answered " + answer.status(), null);
        }
        JsonNode body;
        try {
            body = Json.MAPPER.readTree(answer.bytes());
        } catch (JacksonException e) {
            throw new ProviderTrouble.Away("Stripe answered " + answer.status() + " without JSON", e);
        }
        if (answer.status() != 200) {
            JsonNode error = body.path("error");
            throw new ProviderTrouble.Refused(
                    error.path("code").asString(error.path("type").asString("stripe_" + answer.status())),
                    error.path("message").asString(""));
        }
        return body;
    }

    private static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
