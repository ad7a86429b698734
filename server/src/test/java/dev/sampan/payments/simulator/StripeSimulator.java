package dev.sampan.payments.simulator;

import com.sun.net.httpserver.HttpExchange;
import dev.sampan.kernel.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Stripe as far as we ask it: sessions, refunds and lists, with its memory for idempotency keys; and its
/// webhooks.
public final class StripeSimulator extends Loopback {
    public static final String KEY = "sk_test_simulated";

    private final Map<String, Map<String, Object>> sessions = new LinkedHashMap<>();
    private final List<Map<String, Object>> refunds = new ArrayList<>();
    private final Map<String, Said> once = new HashMap<>();
    private int count;

    /// A notification as it is sent.
    public record Sent(byte[] body, Map<String, String> headers) {}

    @Override
    synchronized Said answer(HttpExchange exchange, byte[] body) {
        if (!("Bearer " + KEY).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            return new Said(401, "{\"error\":{\"type\":\"invalid_request_error\",\"message\":\"Invalid API Key\"}}");
        }
        String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        if (key != null && once.containsKey(key)) {
            return once.get(key);
        }
        String path = exchange.getRequestURI().getPath();
        Map<String, String> form = exchange.getRequestMethod().equals("POST")
                ? form(new String(body, StandardCharsets.UTF_8))
                : form(exchange.getRequestURI().getRawQuery());
        Said said = exchange.getRequestMethod().equals("POST") ? post(path, form) : get(path, form);
        if (key != null) {
            once.put(key, said);
        }
        return said;
    }

    private Said post(String path, Map<String, String> form) {
        if (path.equals("/v1/checkout/sessions")) {
            return created(form);
        }
        if (path.equals("/v1/refunds")) {
            return refunded(form);
        }
        Map<String, Object> session = sessions.get(path.split("/")[4]);
        if (session == null || !"open".equals(session.get("status"))) {
            return new Said(400, "{\"error\":{\"type\":\"invalid_request_error\",\"message\":\"not open\"}}");
        }
        session.put("status", "expired");
        return new Said(200, Json.write(session));
    }

    private Said created(Map<String, String> form) {
        String id = "cs_test_" + ++count;
        Map<String, Object> session = new HashMap<>();
        session.put("id", id);
        session.put("object", "checkout.session");
        session.put("url", "https://checkout.stripe.com/c/pay/" + id);
        session.put("status", "open");
        session.put("payment_status", "unpaid");
        session.put("client_reference_id", form.get("client_reference_id"));
        session.put("amount_total", Long.parseLong(form.get("line_items[0][price_data][unit_amount]")));
        session.put("currency", form.get("line_items[0][price_data][currency]"));
        session.put("payment_intent", null);
        sessions.put(id, session);
        return new Said(200, Json.write(session));
    }

    private Said refunded(Map<String, String> form) {
        Map<String, Object> session = sessions.values().stream()
                .filter(one -> form.get("payment_intent").equals(one.get("payment_intent")))
                .findFirst()
                .orElse(null);
        long before = refunds.stream()
                .filter(one -> one.get("payment_intent").equals(form.get("payment_intent")))
                .mapToLong(one -> (long) one.get("amount"))
                .sum();
        long amount = Long.parseLong(form.get("amount"));
        if (session == null || before + amount > (long) session.get("amount_total")) {
            return new Said(
                    400,
                    "{\"error\":{\"type\":\"invalid_request_error\",\"code\":\"charge_already_refunded\","
                            + "\"message\":\"greater than unrefunded amount\"}}");
        }
        Map<String, Object> refund = new HashMap<>();
        refund.put("id", "re_" + ++count);
        refund.put("object", "refund");
        refund.put("amount", amount);
        refund.put("currency", session.get("currency"));
        refund.put("payment_intent", form.get("payment_intent"));
        refund.put("metadata", Map.of("sampan_refund", form.getOrDefault("metadata[sampan_refund]", "")));
        refund.put("status", "succeeded");
        refunds.add(refund);
        return new Said(200, Json.write(refund));
    }

    private Said get(String path, Map<String, String> query) {
        if (path.equals("/v1/refunds")) {
            List<Map<String, Object>> some = refunds.stream()
                    .filter(one -> !query.containsKey("payment_intent")
                            || one.get("payment_intent").equals(query.get("payment_intent")))
                    .toList();
            return new Said(200, Json.write(Map.of("object", "list", "data", some, "has_more", false)));
        }
        if (path.startsWith("/v1/payment_intents/")) {
            String intent = path.split("/")[3];
            return sessions.values().stream()
                    .filter(one -> intent.equals(one.get("payment_intent")))
                    .findFirst()
                    .map(one -> new Said(
                            200,
                            Json.write(Map.of(
                                    "id",
                                    intent,
                                    "metadata",
                                    Map.of("sampan_payment", one.get("client_reference_id"))))))
                    .orElse(new Said(404, "{\"error\":{\"message\":\"No such payment_intent\"}}"));
        }
        if (path.equals("/v1/charges")) {
            return new Said(200, Json.write(Map.of("object", "list", "data", charges(), "has_more", false)));
        }
        Map<String, Object> session = sessions.get(path.split("/")[4]);
        return session == null
                ? new Said(404, "{\"error\":{\"type\":\"invalid_request_error\",\"message\":\"No such session\"}}")
                : new Said(200, Json.write(session));
    }

    private List<Map<String, Object>> charges() {
        return sessions.values().stream()
                .filter(one -> "paid".equals(one.get("payment_status")))
                .map(one -> Map.of(
                        "id",
                        "ch_" + one.get("id"),
                        "paid",
                        true,
                        "amount",
                        one.get("amount_total"),
                        "currency",
                        one.get("currency"),
                        "payment_intent",
                        one.get("payment_intent"),
                        "metadata",
                        Map.of("sampan_payment", one.get("client_reference_id"))))
                .toList();
    }

    public synchronized int refunds() {
        return refunds.size();
    }

    /// The payer pays.
    ///
    /// @return the payment intent
    public synchronized String pay(String session) {
        Map<String, Object> paid = sessions.get(session);
        paid.put("status", "complete");
        paid.put("payment_status", "paid");
        paid.put("payment_intent", "pi_" + session);
        return "pi_" + session;
    }

    /// The payer is done, but the money is only on its way.
    public synchronized void completeUnpaid(String session) {
        Map<String, Object> complete = sessions.get(session);
        complete.put("status", "complete");
        complete.put("payment_intent", "pi_" + session);
    }

    /// Changes what an event will say.
    public synchronized void put(String session, String key, @Nullable Object value) {
        sessions.get(session).put(key, value);
    }

    public synchronized byte[] sessionEvent(String event, String type, String session) {
        return event(event, type, sessions.get(session));
    }

    public static byte[] event(String event, String type, Map<String, Object> object) {
        return Json.write(Map.of("id", event, "object", "event", "type", type, "data", Map.of("object", object)))
                .getBytes(StandardCharsets.UTF_8);
    }

    /// Signed as Stripe does.
    public static Sent sent(byte[] body, String secret, Instant at) {
        String header = "t=" + at.getEpochSecond() + ",v1=" + signature(body, secret, at) + ",v0=00";
        return new Sent(body, Map.of("stripe-signature", header));
    }

    private static String signature(byte[] body, String secret, Instant at) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((at.getEpochSecond() + ".").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
