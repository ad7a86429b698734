package dev.sampan.payments.internal.wechat;

import dev.sampan.kernel.Json;
import dev.sampan.payments.internal.provider.Forged;
import dev.sampan.payments.internal.provider.ProviderTrouble;
import dev.sampan.payments.internal.provider.Wire;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// WeChat Pay's API: signed JSON in, signed JSON out. What is not signed by the platform has not been said.
final class WeChatClient {
    private static final int NONCE_BYTES = 16;

    private final Wire wire;
    private final URI address;
    private final WeChatSignature signature;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    WeChatClient(Wire wire, URI address, WeChatSignature signature, InstantSource clock) {
        this.wire = wire;
        this.address = address;
        this.signature = signature;
        this.clock = clock;
    }

    JsonNode post(String path, Map<String, Object> body) {
        String json = Json.write(body);
        return read(wire.send(request("POST", path, json)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json))));
    }

    JsonNode get(String path) {
        return read(wire.send(request("GET", path, "").GET()));
    }

    /// A bill: signed by nobody, its hash was told before.
    byte[] download(URI bill) {
        String path = bill.getRawPath() + (bill.getRawQuery() == null ? "" : "?" + bill.getRawQuery());
        URI there = URI.create(bill.getScheme() + "://" + bill.getRawAuthority() + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(there)
                .header("Authorization", authorization("GET", path, ""))
                .GET();
        Wire.Answer answer = wire.send(request);
        if (answer.status() != 200) {
            throw new ProviderTrouble.Away("WeChat Pay's bill answered " + answer.status(), null);
        }
        return answer.bytes();
    }

    private HttpRequest.Builder request(String method, String path, String body) {
        return HttpRequest.newBuilder(URI.create(address + path))
                .header("Accept", "application/json")
                .header("User-Agent", "sampan")
                .header("Authorization", authorization(method, path, body));
    }

    private String authorization(String method, String path, String body) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        return signature.authorization(
                method,
                path,
                body,
                clock.instant(),
                HexFormat.of().withUpperCase().formatHex(nonce));
    }

    private JsonNode read(Wire.Answer answer) {
        if (answer.unsure()) {
            throw new ProviderTrouble.Away("WeChat Pay answered " + answer.status() + " " + answer.text(), null);
        }
        boolean good = answer.status() == 200 || answer.status() == 204;
        if (good) {
            try {
                signature.verify(answer::header, answer.bytes(), clock.instant());
            } catch (Forged e) {
                throw new ProviderTrouble.Away("An answer that is not WeChat Pay's: " + e.getMessage(), e);
            }
        }
        JsonNode body = json(answer);
        if (!good) {
            throw new ProviderTrouble.Refused(
                    body.path("code").asString("wechat_" + answer.status()),
                    body.path("message").asString(""));
        }
        return body;
    }

    private static JsonNode json(Wire.Answer answer) {
        if (answer.bytes().length == 0) {
            return Json.MAPPER.createObjectNode();
        }
        try {
            return Json.MAPPER.readTree(answer.bytes());
        } catch (JacksonException e) {
            throw new ProviderTrouble.Away("WeChat Pay answered " + answer.status() + " without JSON", e);
        }
    }
}
